looked-since = 已結束的，找過 { $from } 以後提交的。
looked-between = 這裡只有 { $before } 以前提交的已結束的事，找到 { $from } 為止。
looked-before = 這裡只有 { $before } 以前提交的已結束的事，再往前沒有了。
looked-further = 再往前找
