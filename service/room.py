"""How many connections there may be."""

CONNECTIONS, SPARED = 2000, 64  # at most; and descriptors left for files


def room() -> int:
    """Connections at most: half of the descriptors that the system gives, as many may wait to be taken in at once."""
    try:
        import resource
    except ImportError:  # Windows
        return CONNECTIONS
    wanted = SPARED + 2 * CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return CONNECTIONS if soft == resource.RLIM_INFINITY else max(16, min(CONNECTIONS, (soft - SPARED) // 2))
