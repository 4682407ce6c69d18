"""break outside a loop."""
for x in []:
    pass
break
