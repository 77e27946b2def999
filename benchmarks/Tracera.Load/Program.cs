using Tracera.Load;

return await LoadProgram.RunAsync(args, Console.Out, Console.Error);
