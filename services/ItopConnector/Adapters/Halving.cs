using System.Text.Json;
using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Reads several at once; where iTop fails on one of them, or takes too long over it, halves until that one is
/// alone, so that it spoils no other's reading.</summary>
public sealed class Halving(ItopClient itop, ItopOptions options, TimeProvider clock)
{
    // After so many it is asked once more whether iTop itself is ill: then nobody gains by asking on.
    const int MostBad = 10;

    // Fifty are halved six times: what takes too long is found within one deadline and a little.
    readonly TimeSpan atMost = options.Deadline / 6;

    /// <param name="read">One call for those ids.</param>
    /// <param name="isBad">Told at once of each on which iTop fails: whatever becomes of the rest, it is known.</param>
    /// <returns>What was read.</returns>
    public async Task<List<T>> Read<T>(
        IReadOnlyList<string> ids,
        Func<IReadOnlyList<string>, CancellationToken, Task<IEnumerable<T>>> read,
        Func<string, Task> isBad,
        CancellationToken ct
    )
    {
        var (all, bad, failed, open) = (new List<T>(), 0, 0, new Stack<IReadOnlyList<string>>([ids]));
        while (open.TryPop(out var some))
        {
            if (some.Count == 0)
                continue;
            try
            {
                all.AddRange(await InTime(some, read, ct));
            }
            catch (ItopException exception) when (IsOfOne(exception.Fault))
            {
                // Whether iTop answers at all.
                if (failed++ == 0 || bad == MostBad)
                {
                    await itop.Nothing(ct);
                    bad = 0;
                }
                if (some.Count > 1)
                    Split(some, open);
                else if (failed == 1)
                    // One failure may have been the wire's.
                    open.Push(some);
                else
                {
                    bad++;
                    await isBad(some[0]);
                }
            }
        }
        return all;
    }

    async Task<IEnumerable<T>> InTime<T>(
        IReadOnlyList<string> some,
        Func<IReadOnlyList<string>, CancellationToken, Task<IEnumerable<T>>> read,
        CancellationToken ct
    )
    {
        using var late = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        try
        {
            return [.. await read(some, either.Token)];
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // In another shape than ever seen, which is as good as none.
            throw new ItopException(ItopFault.NotRest, ItopAnswers.From(ItopFault.NotRest));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw ItopClient.Late(atMost);
        }
    }

    static void Split(IReadOnlyList<string> some, Stack<IReadOnlyList<string>> open)
    {
        var half = some.Count / 2;
        open.Push([.. some.Skip(half)]);
        open.Push([.. some.Take(half)]);
    }

    // Code 100 in words of its own, a page of PHP's, half an answer, none, or one that takes for ever: what one
    // ticket's contents may bring about.
    static bool IsOfOne(ItopFault fault) =>
        fault is ItopFault.Other or ItopFault.Failed or ItopFault.NotRest or ItopFault.Broken or ItopFault.AnswerTooBig;
}
