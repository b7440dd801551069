using System.Security.Cryptography;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>A password that iTop's rule takes and nobody can guess: 20 characters, about 114 bits. It has no colon, at
/// which HTTP Basic would cut it, and no letters that look alike.</summary>
static class NewPassword
{
    const int Length = 20;
    const string Lower = "abcdefghijkmnpqrstuvwxyz", Upper = "ABCDEFGHJKLMNPQRSTUVWXYZ", Digits = "23456789", Signs = "-_+=!";

    public static string Make()
    {
        char[] all =
        [
            .. RandomNumberGenerator.GetItems<char>(Lower + Upper + Digits + Signs, Length - 4),
            Draw(Lower),
            Draw(Upper),
            Draw(Digits),
            Draw(Signs),
        ];
        RandomNumberGenerator.Shuffle(all.AsSpan());
        return new string(all);
    }

    static char Draw(string of) => RandomNumberGenerator.GetItems<char>(of, 1)[0];
}
