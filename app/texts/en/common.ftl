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
error-unreadable = This could not be read. Fill it in again
error-moved = This report has just changed. Read what happened below, then decide
