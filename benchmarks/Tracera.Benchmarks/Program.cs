using BenchmarkDotNet.Running;
using Tracera.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(NormalizerBenchmarks).Assembly).Run(args);
