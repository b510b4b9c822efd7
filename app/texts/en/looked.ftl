looked-since = Of the ended cases, those filed since { $from } were searched.
looked-between = Only ended cases filed before { $before } are here, searched back to { $from }.
looked-before = Only ended cases filed before { $before } are here; there are none further back.
looked-further = Search further back
