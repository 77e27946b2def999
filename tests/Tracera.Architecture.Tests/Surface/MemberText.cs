using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tracera.Architecture.Tests.Surface;

/// <summary>Writes the lines that declare a type's visible members.</summary>
internal static class MemberText
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    public static IEnumerable<string> Of(Type type)
    {
        if (type.BaseType == typeof(MulticastDelegate))
        {
            return [];
        }

        return type.IsEnum
            ? Enum.GetNames(type).Select(name => $"{name} = {Enum.Format(type, Enum.Parse(type, name), "d")}")
            :
            [
                .. Sorted(type.GetFields(Declared).Where(IsVisible), Field),
                .. Sorted(type.GetConstructors(Declared).Where(IsVisible), Constructor),
                .. Sorted(type.GetProperties(Declared).Where(property => property.GetAccessors(true).Any(IsVisible)), Property),
                .. Sorted(type.GetEvents(Declared).Where(each => IsVisible(each.AddMethod!)), Event),
                .. Sorted(type.GetMethods(Declared).Where(method => IsVisible(method) && IsWritten(method)), Method),
            ];
    }

    public static string ReturnOf(MethodInfo method) =>
        (method.ReturnType.IsByRef ? "ref " : "") + TypeText.Of(method.ReturnType, new NullabilityInfoContext().Create(method.ReturnParameter));

    private static IEnumerable<string> Sorted<T>(IEnumerable<T> members, Func<T, string> write)
        where T : MemberInfo =>
        members.Select(member => (member.Name, Text: write(member)))
            .OrderBy(line => line.Name, StringComparer.Ordinal)
            .ThenBy(line => line.Text, StringComparer.Ordinal)
            .Select(line => line.Text);

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsVisible(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    /// <summary>Neither an accessor nor what the compiler adds to a record.</summary>
    private static bool IsWritten(MethodInfo method) =>
        !method.IsDefined(typeof(CompilerGeneratedAttribute))
        && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal));

    private static string Field(FieldInfo field)
    {
        string access = field.IsPublic ? "public " : "protected ";
        string type = TypeText.Of(field.FieldType, new NullabilityInfoContext().Create(field));
        return field switch
        {
            { IsLiteral: true } =>
                $"{access}const {type} {field.Name} = {ParameterText.Literal(field.GetRawConstantValue(), field.FieldType)}",
            _ => $"{access}{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{type} {field.Name}",
        };
    }

    private static string Constructor(ConstructorInfo constructor) =>
        $"{Modifiers(constructor)}{constructor.DeclaringType!.Name.Split('`')[0]}({ParameterText.Of(constructor)})";

    private static string Property(PropertyInfo property)
    {
        MethodInfo accessor = property.GetAccessors(true).First(IsVisible);
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        string type = TypeText.Of(property.PropertyType, new NullabilityInfoContext().Create(property));
        ParameterInfo[] index = property.GetIndexParameters();
        string name = index.Length == 0 ? property.Name : $"this[{ParameterText.Of(index)}]";
        string get = property.GetMethod is { } getter && IsVisible(getter) ? "get; " : "";
        string set = property.SetMethod is { } setter && IsVisible(setter) ? $"{SetterName(setter)}; " : "";
        return $"{Modifiers(accessor)}{required}{type} {name} {{ {get}{set}}}";
    }

    private static string SetterName(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init" : "set";

    private static string Event(EventInfo each) =>
        $"{Modifiers(each.AddMethod!)}event {TypeText.Of(each.EventHandlerType!, new NullabilityInfoContext().Create(each))} {each.Name}";

    private static string Method(MethodInfo method)
    {
        Type[] generics = method.GetGenericArguments();
        string parameters = generics.Length == 0 ? "" : $"<{string.Join(", ", generics.Select(each => each.Name))}>";
        string signature = $"{ReturnOf(method)} {method.Name}{parameters}({ParameterText.Of(method)})";
        return $"{Modifiers(method)}{signature}{TypeHeader.Constraints(generics)}";
    }

    private static string Modifiers(MethodBase method)
    {
        bool isInInterface = method.DeclaringType!.IsInterface;
        bool isOverride = method is MethodInfo own && own.GetBaseDefinition().DeclaringType != own.DeclaringType;
        string access = isInInterface ? "" : method.IsPublic ? "public " : "protected ";
        string dispatch = method switch
        {
            _ when isOverride => "override ",
            { IsAbstract: true } => isInInterface && !method.IsStatic ? "" : "abstract ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        };
        return access + (method.IsStatic ? "static " : "") + dispatch;
    }
}
