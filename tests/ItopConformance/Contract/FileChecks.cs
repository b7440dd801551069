using System.Security.Cryptography;
using System.Text;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConformance.Contract;

/// <summary>Attachments: put there, listed apart, and fetched.</summary>
public static class FileChecks
{
    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes("été \0 binaire");

    public static async Task Run(Bench bench)
    {
        var (checks, connector) = (bench.Checks, bench.Connector);
        var sha = await connector.Files.Put($"{bench.Asked.Heading.TicketId:N}", Bytes, default);
        var call = new ItopCall.Attach(new FileClaim(sha, Bytes.Length, "note été.txt", "text/plain"));
        var before = (await connector.Read(bench.Id)).LastUpdate;
        var attachment = "0";
        await checks.Matches("a file is attached", @"\d+", async () =>
            attachment = Connector.Done<string>(
                await connector.Attaching.Call(Connector.Attempt(bench.Asked), bench.Ticket, call, default)
            )
        );
        await checks.Is("in doubt it is found by its name, and not attached twice", attachment, async () =>
            Connector.Done<string>(
                await connector.Attaching.Call(Connector.Attempt(bench.Asked, inDoubt: true), bench.Ticket, call, default)
            )
        );
        await checks.Is("it is listed for the poll", bench.Id, async () =>
            (
                await connector.Itop.Get(
                    "Attachment",
                    $"SELECT Attachment WHERE item_class = 'UserRequest' AND id > {long.Parse(attachment) - 1}",
                    "id,item_id",
                    default
                )
            )
                .Single(one => one.Key == attachment)
                .Text("item_id")
        );
        await checks.Is(
            "it is fetched with its bytes, name and type",
            $"{sha} {Bytes.Length} {sha[..6]}-note été.txt text/plain",
            async () =>
            {
                var file = Connector.Done<FileClaim>(
                    await connector.Attaching.Fetch(bench.Ticket, new ItopCall.Fetch(attachment), default)
                );
                return $"{file.Sha256} {file.Size} {file.Name} {file.Type}";
            }
        );
        await checks.Is("an empty file is attached, and fetched", "0 rien.txt", async () =>
        {
            var empty = Convert.ToHexStringLower(SHA256.HashData([]));
            await connector.Files.Put($"{bench.Asked.Heading.TicketId:N}", empty, [], default);
            var put = new ItopCall.Attach(new FileClaim(empty, 0, "rien.txt", "text/plain"));
            var attached = await connector.Attaching.Call(Connector.Attempt(bench.Asked), bench.Ticket, put, default);
            var fetch = new ItopCall.Fetch(Connector.Done<string>(attached));
            var file = Connector.Done<FileClaim>(await connector.Attaching.Fetch(bench.Ticket, fetch, default));
            return $"{file.Size} {file.Name[7..]}";
        });
        await checks.Matches(
            "a description that iTop does not take is cut, and whole in a file",
            "[1-9]\\d{5} description.txt",
            async () =>
            {
                var read = Connector.Done<ItopRead>(
                    await connector.Opening.Call(Connector.Attempt(bench.TooLong), bench.TooLong, default)
                );
                var whole = Connector.Done<FileClaim>(
                    await connector.Attaching.Fetch(
                        bench.Ticket with
                        {
                            ItopId = read.Id,
                            Bound = null,
                        },
                        new ItopCall.Fetch(read.Whole!),
                        default
                    )
                );
                return $"{whole.Size} {whole.Name}";
            }
        );
        await checks.Is("a file does not move the ticket's last update", before, async () =>
            (await connector.Read(bench.Id)).LastUpdate
        );
    }
}
