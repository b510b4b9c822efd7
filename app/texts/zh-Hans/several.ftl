several-title = 给几件一起吹哨
several-intro = 每一件单独判断。没有吹成的留在这里，写着原因，您填的也都在。
several-cases = 哪几件
several-changed = 别人先动了，您选中以后发生了这些；看过再选
several-sent-before = 这张表先前发过，当时写的已经照办了
due-policy-each = 各按本类的规定
