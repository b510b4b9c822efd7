looked-since = 已结束的，找过 { $from } 以后提交的。
looked-between = 这里只有 { $before } 以前提交的已结束的事，找到 { $from } 为止。
looked-before = 这里只有 { $before } 以前提交的已结束的事，再往前没有了。
looked-further = 再往前找
