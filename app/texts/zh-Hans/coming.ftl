coming-from = { $from }起，这是一个新的社区。
coming-unit = 属于{ $unit }。
coming-made-of = 由这几个社区的地方组成；在那以前有事，还找它们：
