using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Projects;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project as a service; its endpoints come from <c>Kestrel:Endpoints</c> of its appsettings.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, [ResourceName] string name)
        where TProject : IProjectMetadata, new()
    {
        ArgumentNullException.ThrowIfNull(builder);
        var project = builder.AddResource(new ProjectResource(name))
            .WithAnnotation<IProjectMetadata>(new TProject())
            .WithAnnotation(new LaunchAnnotation(_ => Task.FromResult(Launch(typeof(TProject), new TProject().ProjectPath))))
            .WithOtlpExporter()
            .WithEnvironment(context => AddDefaults(context.EnvironmentVariables, builder.Environment));

        var hasKestrelEndpoints = KestrelEndpoints.Add(project, SettingsOf(typeof(TProject), project.Resource, builder.Environment));
        return project.WithEnvironment(context =>
        {
            if (hasKestrelEndpoints)
            {
                KestrelEndpoints.OverrideUrls(context, project.Resource);
            }
            else
            {
                KestrelEndpoints.SetUrls(context, project.Resource);
            }
        });
    }

    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfNegative(replicas);
        return builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);
    }

    // In the project's folder, as `dotnet run` does it: appsettings are found there.
    private static LaunchSpec Launch(Type metadata, string projectPath)
    {
        var assembly = metadata.GetCustomAttribute<BuiltOutputAttribute>()?.Path
            ?? throw NotInTheSubset.Verb($"AddProject<{metadata.Name}> of a hand-written IProjectMetadata");
        return File.Exists(assembly)
            ? new LaunchSpec(Programs.Dotnet, ["exec", assembly], Path.GetDirectoryName(projectPath)!)
            : throw new DistributedApplicationException($"The project is not built: {assembly} is not there. Build the AppHost.");
    }

    private static void AddDefaults(Dictionary<string, object> variables, IHostEnvironment environment)
    {
        variables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
        variables["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true";
        variables["LOGGING__CONSOLE__FORMATTERNAME"] = "simple";
        if (environment.IsDevelopment())
        {
            variables["OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION"] = "true";
            variables["OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION"] = "true";
        }
    }

    private static IConfigurationRoot SettingsOf(Type metadata, ProjectResource project, IHostEnvironment environment)
    {
        var folder = Path.GetDirectoryName(project.Annotations.OfType<IProjectMetadata>().Single().ProjectPath);
        if (!Directory.Exists(folder))
        {
            throw new DistributedApplicationException($"The folder of project '{metadata.Name}' is not there: {folder}.");
        }

        return new ConfigurationBuilder()
            .SetBasePath(folder)
            .AddJsonFile("appsettings.json", optional: true)
            .AddJsonFile($"appsettings.{environment.EnvironmentName}.json", optional: true)
            .Build();
    }
}
