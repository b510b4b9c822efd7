# Words of the shell and of every page.
-site = Huiyin
site-name = { -site }
site-subtitle = { $city } residents’ portal
skip-to-content = Skip to content
demo-label = Demonstration only, not a government website. Nobody acts on what you write here. In an emergency call 110; for anything else call 12345.
demo-short = Demonstration only, not a government website
nav-label = Main menu
nav-whistle = Report a problem
nav-track = Track a report
nav-services = Services
nav-cases = Reports
nav-communities = Communities
size-larger = Larger text
size-normal = Normal text
scheme-label = Colours
scheme-auto = Same as device
scheme-light = Light
scheme-dark = Dark
footer-phones = When it is quicker to call
footer-accessibility = Accessibility
footer-privacy = Privacy
footer-metrics = How the figures are worked out
footer-data = Open data
footer-ledger = Verify the record
footer-contact = Contact
breadcrumb-label = You are here
pages-label = Pages
pages-first = Back to the first page
pages-next = Next page
search-button = Search
photo-alt = Photo { $n }
photo-of-report = When reported
photo-of-before = Before
photo-of-after = After
photo-covered = Covered or cut for the public
photo-withheld = Not shown to the public
print-address = Address: { $address }

span-under-a-minute = less than a minute
span-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
span-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
span-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}

# What to do about a mistake in a form.
error-title = { $n ->
    [one] One thing to fix
   *[other] { $n } things to fix
}
error-danger = Say whether anybody is in danger right now
error-danger-now = Call first. Choose “Nobody is in danger” once that is true
error-category = Choose the closest category
error-category-danger = This is a danger happening right now. Call; do not wait here
error-community = Write which community it is in, or choose it from the list
error-community-unknown = No community by this name. Choose one from the list
error-community-ambiguous = Several communities match. Choose one of them
error-visibility = Choose who can see it
error-must-be-private = Reports of this kind are always private, to protect those involved
error-position = Write latitude and longitude as numbers, for example 27.579 and 120.553. If you are not sure, leave them empty
error-description = Write what happened
error-text = Write what you want to add
error-place = Write where it is, for example “corner of Renmin Road and Chengnan Road”
error-phone-missing = Leave a phone number so that a grid officer can call you
error-phone = Check the phone number, for example 13800000000 or 0577-00000000
error-email = Check the email address, for example name@example.com
error-code = Enter the private code from your receipt
error-code-mistyped = One digit of the code is wrong. Compare it with your screenshot
error-code-not-found = No report has this code. Compare it with your screenshot
error-code-malformed = The code has 21 digits; spaces do not matter
error-too-short = Say a little more: at least { $least } characters
error-too-long = Write at most { $most } characters
error-control = Remove the characters that cannot be saved
error-photos-too-many = Remove some photos: { $most } at most
error-photo-too-big = Choose a photo smaller than { $most } MB
error-photo-unreadable = This file cannot be read. Choose a JPEG, PNG or WebP photo
error-photo-no-room = There is no room for photos at the moment. Send the text now and add photos later with your code
error-photo-gone = One photo has expired. Choose it again
error-photo-not-kept = Photos not shown here were not saved. Choose them again
error-unreadable = We could not make sense of this. Fill it in again
error-moved = This report has just changed. Read what happened below before you decide

# Why what somebody did to a case was not taken, and what to do instead.
refused-not-done = It is not done yet, so there is no result to judge. Add anything new, or send a reminder once it is overdue
refused-done = The department says it is done. If it is not, choose “It’s not fixed”, or add anything new
refused-rejected = This report was not accepted. If you think it should be, you can ask for a review once
refused-merged = This report has been joined with another one. Follow that one
refused-transferred = This report was passed to another body. The history below says which: ask there, and add anything new there
refused-closed = This report has ended. If the problem is still there, ask for it to be done again, or report it again
refused-withdrawn = This report was withdrawn and nobody is working on it. If it should be handled after all, report it again
refused-unfit-text = The text is too long, or contains characters that nobody can see. Shorten it, or type it again
refused-already-done = This has been done already; there is nothing more to do. If you have changed your mind, choose the other answer
refused-nobody-to-judge = This report was filed by staff and is judged by whoever checks it. If the problem is still there for you, report it yourself
refused-not-a-rating = Choose one of the ratings from 1 to 5
refused-too-late = The { $days } days in which you could ask for it to be done again are over. If the problem is still there, report it again
refused-too-early = It is too early. It moves on by itself when the time comes; you do not have to do anything
refused-only-once = This can be done only once, and yours is on record. If you have questions, ask the office named on this page
refused-not-overdue = It is not overdue yet. If it is still not done by the due time, come back and send a reminder
refused-not-waiting = There is no question for you to answer at the moment. If you have news, use “Add information or photos”
refused-not-the-same = These are not the same kind of problem in the same community, so they cannot be joined
refused-others-go-on = Other people’s reports are joined with this one and would end with it. To withdraw it, first ask the office named on this page to separate them
refused-unknown = No such category, community or office. Choose again from the list
refused-always-private = Reports of this kind are always private, so nobody can join them. If it happens to you too, report it yourself
