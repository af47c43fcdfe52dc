await using WebApplication service = DetectorService.Create(args);
await service.RunAsync();
