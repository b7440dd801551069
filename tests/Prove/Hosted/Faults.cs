namespace GroupTicketing.Prove.Hosted;

static class Faults
{
    public static void Into(IServiceCollection services)
    {
    }
}
