# Letters to residents (SMS, WeChat, mail): short, and never what a case is about.
letter-head = [Huiyin { $city }] 
letter-subject = News of your report { $number }
letter-news = Your report { $number }: { $what }. See it with your private code: { $base }/track?number={ $number }
letter-accepted = the community has accepted it
letter-called = the community has called in departments
letter-asked = there is a question for you; please answer within 7 days
letter-resolved = the offices say it is done; tell us whether it is
letter-rejected = it was not accepted; the page says why, and you can ask for a review once
letter-parked = it is planned; the page says for when
letter-transferred = it went to the body that has the power to act; the page says which one, and by when they must answer
letter-answer-relayed = the body it was passed to has answered; the page says what
letter-reopened = it is being worked on again
letter-more-time = it will take longer; the page says until when
letter-answered = your rating has been answered
letter-merged = somebody reported the same before: both are handled together
letter-receipt = Your community filed { $number } for you. Your private code, sent to you alone: { $code }. Follow it here: { $base }/track?number={ $number }
letter-one-time = Your one-time code to get a new private code for { $number }: { $code }, good for 30 minutes. If you did not ask for it, ignore it.
letter-demo =  (Demonstration, not a government message)

# Notices to the offices (work messenger, duty phone): how many and which, never what a case is about.
office-notice = { $office }: { $what }. Your list: { $base }/desk
office-filed = new { $count }{ $which }
office-called = you are called to { $count }{ $which }
office-return-asked = returns to rule on { $count }{ $which }
office-soon = due soon { $count }{ $which }
office-late = overdue { $count }{ $which }
office-urged = urged by the reporter { $count }{ $which }
office-supervised = answers demanded { $count }{ $which }
office-reopened = to be done again { $count }{ $which }
office-came-up = escalated to you { $count }{ $which }
office-to-decide = waiting for your decision { $count }{ $which }
office-rated-low = rated low, an answer is owed { $count }{ $which }
office-direct-line = direct line from a community { $count }{ $which }
office-date-over = the agreed date is over { $count }{ $which }
office-which = { $more ->
    [0] {" "}({ $numbers })
   *[other] {" "}({ $numbers } and { $more } more)
}
office-join = ;{" "}
office-and = ,{" "}

letterbox-title = Letterbox of the demonstration
letterbox-intro = What the demonstration sends to residents is kept here for everybody to see. In a real city it goes to their own phone or mailbox and nowhere else.
letterbox-empty = No letters yet. Leave an invented phone number with a report, and look again in a few seconds.
letterbox-to = To { $to }
footer-letterbox = Letterbox

lost-title = I have lost my private code
lost-intro = Enter the number of your report and the phone or email you left with it. If they belong together, a one-time code goes there.
lost-number = Number
lost-address = The phone or email you left
lost-ask = Send the code
lost-sent = If they belong together, the code is on its way. It is good for 30 minutes.
lost-code = The code you received (8 digits)
lost-button = Get a new private code
lost-hint = The old private code stops working.
lost-wrong = That code is not right, has expired, or was tried too often. Ask for another
lost-number-wrong = A number looks like 261130-123456-7; it is on your receipt
lost-address-missing = Enter the phone or email you left with the report
lost-none = If you left neither phone nor email, the code cannot be recovered; you can report it again.
lost-link = Lost your code?
file-reach = When filing for a resident, give a phone or email that can receive their private code
