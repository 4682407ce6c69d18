"""Coroutines are left out."""


def ordinary():
    return 1


async def fetch():
    return 1
