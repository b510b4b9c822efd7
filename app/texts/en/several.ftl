several-title = Call in departments for several cases
several-intro = Each case is decided by itself. What could not be called stays here with the reason, and with all you filled in.
several-cases = Which cases
several-changed = somebody else was faster; this has happened since you picked it. Look, then pick it again
several-sent-before = this form was sent before, and what stood in it then was done
due-policy-each = as each case’s own category has it
