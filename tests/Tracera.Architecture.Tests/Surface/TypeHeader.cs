using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tracera.Architecture.Tests.Surface;

/// <summary>Writes the line that declares a type.</summary>
internal static class TypeHeader
{
    public static string Of(Type type) =>
        type.BaseType == typeof(MulticastDelegate)
            ? $"public delegate {DelegateSignature(type)}"
            : $"{Flags(type)}public {Modifiers(type)}{Kind(type)} {TypeText.Of(type)}{Bases(type)}{Constraints(type.GetGenericArguments())}";

    public static string Constraints(IEnumerable<Type> parameters) =>
        string.Concat(
            from parameter in parameters
            where parameter.IsGenericParameter
            let constraints = ConstraintsOn(parameter)
            where constraints.Length > 0
            select $" where {parameter.Name} : {string.Join(", ", constraints)}");

    /// <summary>A record is known by the members that the compiler gave it.</summary>
    private static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$") is not null
        || type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic)?.IsDefined(typeof(CompilerGeneratedAttribute)) == true;

    private static string Flags(Type type) => type.IsDefined(typeof(FlagsAttribute)) ? "[Flags] " : "";

    private static string Modifiers(Type type) => type switch
    {
        { IsEnum: true } or { IsInterface: true } => "",
        { IsValueType: true } =>
            (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "") + (type.IsByRefLike ? "ref " : ""),
        { IsAbstract: true, IsSealed: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsSealed: true } => "sealed ",
        _ => "",
    };

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => IsRecord(type) ? "record struct" : "struct",
        _ => IsRecord(type) ? "record" : "class",
    };

    private static string Bases(Type type)
    {
        if (type.IsEnum)
        {
            Type underlying = Enum.GetUnderlyingType(type);
            return underlying == typeof(int) ? "" : $" : {TypeText.Of(underlying)}";
        }

        Type[] all = type.GetInterfaces();
        IEnumerable<Type> inherited = all.SelectMany(each => each.GetInterfaces()).Concat(type.BaseType?.GetInterfaces() ?? []);
        IEnumerable<string> own = all.Except(inherited)
            .Where(each => !IsRecord(type) || each != typeof(IEquatable<>).MakeGenericType(type))
            .Select(each => TypeText.Of(each))
            .Order(StringComparer.Ordinal);
        bool hasBase = type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType);
        string[] bases = [.. hasBase ? [TypeText.Of(type.BaseType!)] : Array.Empty<string>(), .. own];
        return bases.Length == 0 ? "" : $" : {string.Join(", ", bases)}";
    }

    private static string DelegateSignature(Type type)
    {
        MethodInfo invoke = type.GetMethod("Invoke")!;
        return $"{MemberText.ReturnOf(invoke)} {TypeText.Of(type)}({ParameterText.Of(invoke)}){Constraints(type.GetGenericArguments())}";
    }

    private static string[] ConstraintsOn(Type parameter)
    {
        GenericParameterAttributes flags = parameter.GenericParameterAttributes;
        bool isStruct = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        var names = new List<string>();
        names.AddRange(isStruct ? ["struct"] : []);
        names.AddRange(flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? ["class"] : []);
        names.AddRange(parameter.GetGenericParameterConstraints().Where(each => each != typeof(ValueType)).Select(each => TypeText.Of(each)));
        names.AddRange(!isStruct && flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) ? ["new()"] : []);
        return [.. names];
    }
}
