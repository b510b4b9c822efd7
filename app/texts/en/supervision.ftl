# Supervision: how the city handles what it is told.

supervision-title = Supervision
supervision-queues = The four queues of the city
queue-triage = To be assigned
queue-joint = Joint enforcement
queue-emergency = Emergencies
queue-demands = Demands to be answered
supervision-late = Late now
supervision-late-note = Limits that have run out and still run, by step and by office. No person is counted.
supervision-nothing-late = Nothing is late.
supervision-late-stage = { $stage }: { $clocks } late
supervision-rest = other offices { $clocks }
supervision-bulletins = Weekly bulletins
supervision-unstaffed = Nobody appointed
supervision-all-staffed = Every community, station and module has somebody.
supervision-missing = No { $role }: { $n }
bulletin-title = Weekly bulletin on governance
bulletin-week = Week { $number } of { $year }: { $from } to { $to }
bulletin-under-way = under way
bulletin-made = Figures of { $when }. They can be made again at any time, from the log.
bulletin-not-over = The week is not over.
bulletin-before = The week before
bulletin-happened = What happened
bulletin-told = Residents reported { $told } problems, staff found { $found }, the city gave { $tasks } tasks.
bulletin-calls = Communities whistled { $calls } times and called { $called } departments; there were { $reported } reports in.
bulletin-returns = Departments asked { $asked } times to be let go: { $upheld } granted, { $refused } refused, { $assigned } assigned by the commission.
bulletin-results = { $resolved } results, { $back } sent back by a check.
bulletin-said = Reporters said “fixed” { $fixed } times and “not fixed” { $not } times.
bulletin-rated = { $rated } ratings, { $content } of them four or five stars.
bulletin-urged = Reporters urged { $urged } times; { $up } cases went one level up because a promise ran out.
bulletin-demands = { $demands } demands for an answer, { $answered } answered.
bulletin-more-time = More time was asked for { $asked } times and given { $granted } times.
bulletin-elsewhere = { $parked } put on a plan, { $transferred } handed to another body. Neither counts as handled.
bulletin-rejected = { $n } not accepted: { $grounds }.
bulletin-promises = Promises that came due
bulletin-promises-note = Limits whose first due date lay in this week, whether they were met or not. An extension makes nothing on time. What was no longer needed before it was due is left out.
bulletin-stage = Step
bulletin-office = Office
bulletin-community = Community
bulletin-due = came due
bulletin-kept = kept
bulletin-late = late
bulletin-missed = not done
bulletin-share = kept
bulletin-came = Who came, and who did not
bulletin-came-note = Reports in that came due. “Not done”: nobody came to this day.
bulletin-offices = By department and station
bulletin-offices-note = All limits of the office, the most not done first.
bulletin-burden = What came to the communities
bulletin-burden-note = The { $shown } with the most from above, of { $all }. From above: tasks of the city, demands, cases passed on from another community.
bulletin-filed = cases
bulletin-from-above = from above
bulletin-called = departments called
bulletin-words = Sealed reports and cases out of sight are in none of these figures. Offices are named, people are not.
sample-title = A second look: { $week }
sample-drawn = Reporters of { $of } cases said “fixed”. { $drawn } of them were drawn by lot to be looked at again.
sample-how = Go there, or have the station call. On the case, use “Call back” and say whether the result holds.
sample-share = The result holds in { $of } of { $all } looked at; of all of them, by 95 % confidence, between { $low } % and { $high } %.
sample-seed = Drawn with the chain of the log at position { $at }:
sample-open = to look at
sample-holds = holds
sample-fails = does not hold
sample-unsaid = not said
sample-unreached = not reached

demand-title = Demand for an answer
demand-number = { $number } / { $no }
demand-to = To
demand-case = Case
demand-what = What is demanded
demand-due = To be answered by
demand-by = Demanded by
demand-answer = Answer
demand-signed = Signed
demand-paper = for paper
morning-title = The list of the morning
morning-link = My list on paper
morning-note = What runs out first stands first. It holds words of residents: keep it, and tear it up in the evening. That it was made is written down.
morning-done = done, when, what:

score-title = Working together
score-note = Shown in sums of { $n } and more only, and never by whom. It changes nothing of this case.
score-none = Not enough has been said of any office yet.
score-line = { $office }: { $mean } of 5 ({ $count } times)
score-ask = How was it to work with { $office }?
score-button = Say so
score-kept = Kept, without your name.
score-points = { $n ->
    [5] 5: very good
    [4] 4: good
    [3] 3: so so
    [2] 2: poor
   *[other] 1: very poor
}

near-title = Near me
near-button = Cases near me
near-by-hand = Or type a place
near-lat = Latitude
near-lng = Longitude
near-search = Show what is near
near-fault = Two numbers in degrees, such as 27.5789 and 120.5534.
near-none = Nothing of yours is open near there with a position.
near-metres = { $metres } m
near-asking = Looking for where you are …
near-denied = The device may not tell where you are. Type a place, or filter by community.
near-failed = The device could not tell where you are. Type a place, or filter by community.
