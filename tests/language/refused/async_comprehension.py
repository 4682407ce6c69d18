"""An asynchronous comprehension has no place outside a coroutine."""
print([x async for x in []])
