namespace Museum.Architecture.Tests;

/// <summary>Who may know whom (architecture.md, The folders).</summary>
public sealed class ReferenceTests
{
    private static IEnumerable<string> ReferencesOf(string project) =>
        Repository.Items(project, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r));

    public static TheoryData<string> ServiceProjects => [.. Repository.Services.SelectMany(s => Repository.Files("*.csproj").Where(p => p.StartsWith(s + "/", StringComparison.Ordinal)))];

    [Theory]
    [MemberData(nameof(ServiceProjects))]
    public void A_service_references_contracts_defaults_and_its_own_parts_only(string project)
    {
        var service = project.Split('/')[0];
        var others = ReferencesOf(project).Where(r => r is not ("Contracts" or "ServiceDefaults") && !r.StartsWith(service, StringComparison.Ordinal));
        Assert.Empty(others);
    }

    [Fact]
    public void Every_service_is_there() =>
        Assert.All(Repository.Services, s => Assert.Contains($"{s}/{s}.csproj", Repository.Files("*.csproj")));

    [Fact]
    public void Contracts_reference_no_project() => Assert.Empty(ReferencesOf("Contracts/Contracts.csproj"));

    [Fact]
    public void Service_defaults_reference_contracts_only() => Assert.Equal(["Contracts"], ReferencesOf("ServiceDefaults/ServiceDefaults.csproj"));

    [Fact]
    public void Nobody_outside_of_compat_and_its_tests_names_compat()
    {
        var naming = Repository.Files("*.csproj")
            .Where(p => !p.StartsWith("compat/", StringComparison.Ordinal) && !p.StartsWith("tests/Compat.", StringComparison.Ordinal))
            .Where(p => Repository.Items(p, "ProjectReference").Any(r => r.Contains("compat/", StringComparison.Ordinal)));
        Assert.Empty(naming);
    }

    [Fact]
    public void Compat_knows_nothing_of_the_house()
    {
        var compat = Repository.Files("*.csproj").Where(p => p.StartsWith("compat/", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(compat);
        Assert.All(compat, p => Assert.DoesNotContain(ReferencesOf(p), r => r is "Contracts" or "ServiceDefaults" || Repository.Services.Contains(r)));
        Assert.All(
            Repository.Files("*.cs").Where(f => f.StartsWith("compat/", StringComparison.Ordinal)),
            f => Assert.DoesNotContain("using Museum.", Repository.Read(f), StringComparison.Ordinal));
    }

    [Fact]
    public void The_AppHost_knows_services_as_resources_only() =>
        Assert.All(Repository.Files("*.cs").Where(f => f.StartsWith("AppHost/", StringComparison.Ordinal)), f =>
        {
            foreach (var service in Repository.Services.Append("ServiceDefaults").Append("Contracts"))
            {
                Assert.DoesNotContain($"using Museum.{service}", Repository.Read(f), StringComparison.Ordinal);
            }
        });

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Read("Museum.sln").Replace('\\', '/');
        Assert.All(Repository.Files("*.csproj"), p => Assert.Contains(p, solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Versions_stand_in_one_place() =>
        Assert.All(Repository.Files("*.csproj"), p => Assert.DoesNotMatch("<PackageReference[^>]*Version=", Repository.Read(p)));
}
