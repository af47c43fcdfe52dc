open System
open RnnGen
open Models

let sensor = Sensor(seed = 1)
let windows = Sequences<float32, float32>([| Array.init 16 (fun n -> sin (float32 n)) |], [| Array.init 16 (fun n -> sin (float32 (n + 1))) |])

let trained = Sensor(seed = 1)
using (trained.CreateTrainer(Adam(0.01f))) (fun trainer -> trainer.Fit(windows, null, FitOptions(Updates = 200L, Quiet = true)) |> ignore)

let next = Array.zeroCreate<float32> Sensor.OutputSize
sensor.Step(sensor.CreateState(), ReadOnlySpan [| 0.5f |], Span next)
printfn $"{next[0]:F5}"
printfn $"learns: {trained.Evaluate(windows).Loss < sensor.Evaluate(windows).Loss / 2.0}"
