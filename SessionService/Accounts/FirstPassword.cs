using System.Text;
using Museum.ServiceDefaults.Configuration;

namespace Museum.SessionService.Accounts;

/// <summary><c>&lt;data&gt;/first-password</c>: the generated password of the first admin, for its owner's eyes, until it is changed.</summary>
internal sealed class FirstPassword(MuseumPaths paths)
{
    public string Path { get; } = System.IO.Path.Combine(paths.Data, "first-password");

    public void Keep(string password)
    {
        Directory.CreateDirectory(paths.Data);
        OwnerOnlyFile.Write(Path, Encoding.UTF8.GetBytes(password + "\n"));
    }

    public void Forget() => File.Delete(Path);
}
