# States, clocks and events of a case.
state-filed = With the community, not yet accepted
state-accepted = Accepted by the community
state-dispatched = Departments called in
state-in-progress = Being worked on
state-joint = Departments working together
state-resolved = Reported done, being checked
state-verified = Done and checked
state-closed = Ended
state-rejected = Not accepted
state-withdrawn = Withdrawn by the reporter
state-merged = Joined with another report
state-parked = Planned
state-transferred-out = Passed to another body
state-waiting-for-reporter = Waiting for the reporter
tag-late = Overdue

verdict-fixed = The reporter says: it’s fixed
verdict-not-fixed = The reporter says: it’s not fixed
verdict-silent = No answer from the reporter; not counted as satisfied
verdict-waiting = Waiting for the reporter to say whether it is fixed

who-reporter = The reporter
who-me-too = A resident with the same problem
who-system = Recorded by the system when time was up

ground-other-procedure = Another procedure is running or required (court, arbitration, reconsideration, petition, discipline)
ground-not-actionable = Not enough to go on, and the reporter could not be reached
ground-outside-city = Outside this city
ground-already-answered = Same person, same matter, already answered

outcome-solved = Fixed
outcome-partly-solved = Partly fixed
outcome-planned = Planned
outcome-not-found = Nothing found on arrival
outcome-untrue = Checked: not as reported
outcome-lawfully-refused = Refused on legal grounds
outcome-no-power = No power to decide here
outcome-other-procedure = In another procedure
outcome-duplicate = Same as another report
outcome-unreachable = Reporter could not be reached

visibility-public = Public
visibility-without-detail = Progress public, details private
visibility-private = Private

# The step a clock waits for, after the name of who owes it.
stage-respond = respond
stage-dispatch = pass it on
stage-report-in = report in
stage-set-out = set out
stage-arrive = arrive
stage-resolve = finish
stage-verify = check it
stage-release = review what goes public
stage-return = decide on the return
stage-answer = answer

clock-due = { $owner } is to { $step } by { $due }
clock-provisional = { $owner } is to { $step } by { $due } (provisional: public holidays not announced yet)
clock-late = { $owner } was to { $step } by { $due }; now overdue
clock-paused = The time for { $owner } to { $step } is paused until the reporter answers
clock-stopped = { $owner } was to { $step }: done { $at }
clock-stopped-late = { $owner } was to { $step }: done { $late } late
clock-missed = { $owner } was to { $step } by { $due }: missed, and not done
clock-not-needed = { $owner } was to { $step } by { $due }: no longer needed
clock-why = { $line } ({ $why })

case-title-plain = { $category }, { $community }
case-title-place = { $category }, { $place }
case-me-too-count = { $n ->
    [one] { $n } more person has this problem
   *[other] { $n } more people have this problem
}

entry-due = due { $due }
entry-filed = Reported to the community
entry-filed-proxy = Reported by staff for a resident
entry-filed-staff = Found by staff and reported to the community
entry-taken = The community is dealing with it itself
entry-accepted = Accepted by the community
entry-rejection-proposed = Somebody proposed not to accept it; a second person has to agree
entry-rejected = Not accepted: { $why }
entry-review-asked = The reporter asked for a review
entry-rejection-upheld = Review: still not accepted
entry-rejection-overturned = Review: accepted after all
entry-asked = A question for the reporter
entry-answered = The reporter answered
entry-waiting-ended = The time to answer is over; work goes on
entry-information-added = The reporter added information
entry-assessed = The community decided how to handle it
entry-called = { $n ->
    [one] The community has called in { $n } department
   *[other] The community has called in { $n } departments
}
entry-signed = The department acknowledged the call
entry-reported-in = The department reported in
entry-set-out = The department set out
entry-arrived = The department arrived
entry-fed-back = The department said what it did
entry-engaged = The department engaged a contractor
entry-engagement-ended = The department ended the contractor’s work
entry-return-asked = The department says this is not its job and asked to send it back
entry-return-upheld = Sent back; another department takes it
entry-return-refused = Not sent back; the department carries on
entry-assigned = Assigned to one department for good
entry-called-units = The community has called in { $units }
entry-assigned-unit = Assigned to { $unit } for good
called-lead = { $unit } (in the lead)
entry-extension-asked = The office asked for more time
entry-extension-granted = More time was granted
entry-extension-refused = More time was refused
entry-parked = Put on the plan
entry-transferred-out = Passed to another body
entry-answer-relayed = The other body has answered
passed-on = Passed to { $to } on the basis of { $basis }; they must answer by { $due }.
passed-to = Passed to
passed-basis = On the basis of
passed-due = Must answer by
passed-late = { $due } (passed, and no answer)
passed-answered = Answered { $at } (due { $due })
entry-noted = Internal note
entry-updated = Update
entry-evidence-added = Evidence added
entry-resolved = Reported done: { $how }
entry-resolved-on-the-spot = Dealt with on the spot: { $how }
entry-verified = Checked by somebody outside the office that handled it
entry-sent-back = The check failed; sent back to be done again
entry-called-back = Called the reporter to ask how it went
entry-called-back-holds = Looked at again: still fixed
entry-called-back-fails = Looked at again: it came back
entry-called-back-unreached = Called the reporter; nobody answered
entry-confirmed = The reporter says: it’s fixed
entry-disputed = The reporter says: it’s not fixed
entry-rated = { $stars ->
    [one] The reporter gave { $stars } point out of 5
   *[other] The reporter gave { $stars } points out of 5
}
entry-rating-answered = Answered the reporter’s rating
entry-reopened = Opened again
entry-escalated = Passed one level up
entry-urged = The reporter sent a reminder
entry-supervised = Formal demand for an answer by a set date
entry-supervision-answered = Formal demand answered
entry-direct-lined = The community Party secretary took it straight to the city leader
entry-reclassified = Moved to another category
entry-moved = It belongs to another community, which answers for it now
entry-merged = Joined with another report
entry-took-in = Another report was joined with this one
entry-gave-back = The other report is handled separately again
entry-unmerged = Separated from the other report again
entry-released = Details made public
entry-held = Details kept back for now
entry-redacted = Part of the details covered up
entry-photo-covered = Part of a photo was covered or cut off for the public
entry-photo-withheld = A photo is not shown to the public
entry-photo-shown = A photo that was not shown is shown to the public again
entry-quarantine-proposed = Somebody proposed to take it out of public view; a second person has to agree
entry-quarantined = Taken out of public view
entry-visibility-changed = Changed who can see it
entry-handed-over = Handed to another person
entry-withdrawn = Withdrawn by the reporter
entry-closed = Ended
entry-joined = Another resident has the same problem
