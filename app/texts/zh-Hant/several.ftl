several-title = 給幾件一起吹哨
several-intro = 每一件單獨判斷。沒有吹成的留在這裡，寫著原因，您填的也都在。
several-cases = 哪幾件
several-changed = 別人先動了，您選取以後發生了這些；看過再選
several-sent-before = 這張表先前發過，當時寫的已經照辦了
due-policy-each = 各按本類的規定
