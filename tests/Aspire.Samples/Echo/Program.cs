// A service for the tests of compat/Aspire.Hosting: it shows its environment and can be made to fall ill, to end and to have children.
using System.Diagnostics;

var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
var isReady = true;
app.MapGet("/health/ready", () => isReady ? Results.Ok() : Results.StatusCode(503));
app.MapPost("/health/{ready:bool}", (bool ready) => isReady = ready);
app.MapGet("/environment", () => Environment.GetEnvironmentVariables());
app.MapGet("/process", (HttpRequest request) => new { Environment.ProcessId, Directory = Environment.CurrentDirectory, request.Protocol });
app.MapPost("/exit/{code:int}", (int code) => Environment.Exit(code));
app.MapPost("/children", () => Process.Start("sleep", "1000").Id);
app.Logger.LogInformation("Echo is listening.");
app.Run();
