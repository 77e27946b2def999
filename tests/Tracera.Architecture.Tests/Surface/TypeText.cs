using System.Reflection;

namespace Tracera.Architecture.Tests.Surface;

/// <summary>Writes the name of a type as C# does, with its nullable annotations where they are known.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(decimal)] = "decimal",
        [typeof(double)] = "double",
        [typeof(float)] = "float",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(object)] = "object",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(string)] = "string",
        [typeof(uint)] = "uint",
        [typeof(ulong)] = "ulong",
        [typeof(ushort)] = "ushort",
        [typeof(void)] = "void",
    };

    public static string Of(Type type, NullabilityInfo? nullability = null)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, nullability);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying, nullability) + "?";
        }

        bool isNullable = !type.IsValueType && nullability?.ReadState == NullabilityState.Nullable;
        return NotNull(type, nullability) + (isNullable ? "?" : "");
    }

    private static string NotNull(Type type, NullabilityInfo? nullability)
    {
        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!, nullability?.ElementType)}[]";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        return Keywords.GetValueOrDefault(type) ?? Named(type, nullability);
    }

    private static string Named(Type type, NullabilityInfo? nullability)
    {
        string[] arguments =
            [.. type.GetGenericArguments().Select((argument, i) => Of(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(i)))];
        if (type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true)
        {
            return $"({string.Join(", ", arguments)})";
        }

        int outer = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        string prefix = type.IsNested ? Nesting(type.DeclaringType!, arguments[..outer]) + "." : "";
        return prefix + Simple(type, arguments[outer..]);
    }

    private static string Nesting(Type type, string[] arguments) =>
        (type.IsNested ? Nesting(type.DeclaringType!, arguments) + "." : "") + Simple(type, arguments);

    private static string Simple(Type type, string[] arguments) =>
        type.Name.Split('`')[0] + (arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments)}>");
}
