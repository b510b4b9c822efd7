coming-from = From { $from } on, this is a community of its own.
coming-unit = It will be in { $unit }.
coming-made-of = It is made of places of these communities, which answer until then:
