using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Tracera.TestServers.Redis;

/// <summary>Signals that the process class does not know.</summary>
internal static partial class Signal
{
    public const int Continue = 18;
    public const int Stop = 19;

    public static void Send(int process, int signal)
    {
        if (Kill(process, signal) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
