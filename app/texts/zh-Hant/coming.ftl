coming-from = { $from }起，這是一個新的社區。
coming-unit = 屬於{ $unit }。
coming-made-of = 由這幾個社區的地方組成；在那以前有事，還找它們：
