namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>What was found out about the latest keys, <paramref name="most"/> of them at the least and twice as many at
/// the most: older ones are forgotten, and found out anew.</summary>
sealed class Latest<TValue>(int most)
{
    readonly Lock gate = new();
    Dictionary<string, TValue> young = [];
    Dictionary<string, TValue> old = [];

    public bool TryGet(string key, out TValue value)
    {
        lock (gate)
            return young.TryGetValue(key, out value!) || old.TryGetValue(key, out value!);
    }

    public void Set(string key, TValue value)
    {
        lock (gate)
            Put(key, value);
    }

    /// <summary>Unless something is known of it.</summary>
    public void TryAdd(string key, TValue value)
    {
        lock (gate)
        {
            if (!young.ContainsKey(key) && !old.ContainsKey(key))
                Put(key, value);
        }
    }

    /// <summary>Nothing is known of it any more.</summary>
    public void Remove(string key)
    {
        lock (gate)
        {
            young.Remove(key);
            old.Remove(key);
        }
    }

    public void Clear()
    {
        lock (gate)
            (young, old) = ([], []);
    }

    void Put(string key, TValue value)
    {
        if (young.Count >= most && !young.ContainsKey(key))
            (young, old) = ([], young);
        young[key] = value;
    }
}
