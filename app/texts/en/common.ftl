# Words of the shell and of every page.
-site = Huiyin
site-name = { -site }
site-subtitle = { $city } residents’ portal
skip-to-content = Skip to content
demo-label = This is a demonstration, not a government website. Nobody acts on what you write here. In an emergency call 110; for anything else call 12345.
demo-short = Demonstration, not a government website
nav-label = Main
nav-whistle = Report a problem
nav-track = Track
nav-services = Services
nav-cases = Reports
nav-communities = Communities
size-larger = Larger text
size-normal = Normal text
scheme-label = Colours
scheme-auto = Colours as on this device
scheme-light = Light
scheme-dark = Dark
footer-phones = When a call is quicker
footer-accessibility = Accessibility
footer-privacy = Privacy
footer-metrics = How the figures are made
footer-data = Open data
footer-ledger = Verify the record
footer-contact = Contact
breadcrumb-label = You are here
pages-label = Pages
pages-first = Back to the first page
pages-next = Next page
search-button = Search
photo-alt = Photo { $n }
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
    [one] One thing is missing
   *[other] { $n } things are missing
}
error-danger = Say whether anybody is in danger now
error-danger-now = Call first. Choose “No” once nobody is in danger
error-category = Choose the closest kind of problem. If unsure, choose “Other”
error-category-danger = This is a danger happening now. Call; do not wait here
error-community = Write which community it is, or choose it from the list
error-community-unknown = We do not know this community. Choose one from the list
error-community-ambiguous = Several communities fit. Choose one of them
error-visibility = Choose who can see it
error-must-be-private = This kind is never public, to protect the people in it
error-position = Write latitude and longitude as numbers, for example 27.579 and 120.553, or leave them empty
error-description = Write what happened
error-text = Write what you want to add
error-place = Write where it is, for example “corner of Renmin Road and Chengnan Road”
error-phone-missing = Leave a phone number so that the grid officer can call you
error-phone = Check the phone number, for example 13800000000 or 0577-00000000
error-email = Check the email address, for example name@example.com
error-code = Enter the private code from your receipt
error-code-mistyped = One digit of the code is wrong. Compare it with your screenshot
error-code-not-found = No report has this code. Compare it with your screenshot
error-code-malformed = The code has 21 digits; spaces do not matter
error-too-short = Say a little more: at least { $least } characters
error-too-long = Write at most { $most } characters
error-control = Remove the characters that cannot be stored
error-photos-too-many = Keep at most { $most } photos
error-photo-too-big = Choose a photo smaller than { $most } MB
error-photo-unreadable = This file cannot be read. Choose a JPEG, PNG or WebP photo
error-photo-no-room = There is no room for photos at the moment. Send the text now and add photos later with your code
error-photo-gone = One photo has expired. Choose it again
error-photo-not-kept = Photos that are not shown here were not kept. Choose them again
error-unreadable = This could not be read. Fill it in again
error-moved = This report has just changed. Read what happened below, then decide

# Why what somebody did to a case was not taken, and what to do instead.
refused-not-done = It is not done yet, so there is no result to judge. Add what is new, or press for it once it is overdue
refused-done = The department says it is done. If it is not, say “It’s not fixed”, or add what is new
refused-rejected = This report was not accepted. If it should have been, ask for a review; that is possible once
refused-merged = This report is now handled with another one. Follow that one
refused-transferred = This report was passed to another body. Its story says to which: ask there
refused-closed = This report has ended. If the problem is still there, ask to do it again or report it again
refused-withdrawn = This report was taken back and is not handled any more. If it should be, report it again
refused-already-done = It is so already; there is nothing to do again. If you changed your mind, choose the other answer
refused-nobody-to-judge = Staff filed this report, and somebody else of theirs checks it. If it is not fixed where you are, report it yourself
refused-not-a-rating = Choose one of the ratings from 1 to 5
refused-too-late = The { $days } days in which you could ask to do it again are over. If the problem is still there, report it again
refused-too-early = It is too early. It goes on by itself when the time is over; nothing needs to be done
refused-only-once = This can be done once, and yours is recorded. If you have questions, ask the office named on the page
refused-not-overdue = It is not overdue yet. If nothing has happened by the due time, come back and press for it
refused-not-waiting = No question is waiting for your answer. If there is something new, use “Add information or photos”
refused-not-the-same = These are not problems of one kind in one community, so they are not put together. Each goes its own way
refused-others-go-on = Other people’s reports are handled with this one and would end with it. To take it back, first ask the office named on the page to part them
refused-unknown = We do not know this kind of problem, community or office. Choose again from the list
refused-always-private = This kind is always private, so nobody can join it. If it happens to you too, report it yourself
