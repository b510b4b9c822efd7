home-title = Speak up. Every report gets an answer.
home-description = The portal for the residents of { $city }: report a problem, track a report, look up services, and see how reports are handled.
home-search-label = Search what people reported
home-search-placeholder = parking, street light, rubbish…
home-acts = Three things you can do
home-whistle = Report a problem
home-whistle-hint = Take a photo and tell your community
home-services = Services
home-services-hint = What to bring, how long it takes, and what you can do online
home-track = Track a report
home-track-hint = See how far it has got, with your private code
home-figures = So far
home-filed = reports
home-filed-since = since { $day }
home-handled = handled: { $handled } of { $filed }
home-open = { $open ->
    [one] { $open } still open
   *[other] { $open } still open
}
home-linked = with a department: { $linked } of { $filed }
home-verdict = reporters who say “it’s fixed”: { $solved } of { $said }
home-silent = { $silent ->
    [one] { $silent } gave no answer; not counted as satisfied
   *[other] { $silent } gave no answer; not counted as satisfied
}
home-results = Of those handled: { $results }.
home-limits = Of { $settled } whose time limit is settled: in time { $ontime }, late { $late }. Another { $overdue } are overdue and not done.
home-result = { $what } { $cases }
home-untrue = checked and not as reported
home-other-result = other results
home-no-figures = No figures yet: nothing has been reported.
community-few-figures = Fewer than { $fewest } reports so far. With so few, figures would point to individual people; they are shown from { $fewest } reports on.
home-how = How these figures are worked out
home-latest = Recent reports
home-all = All public reports
home-empty-title = Nobody has reported anything yet
home-empty-text = You can be the first.
home-find-community = Find my community
home-find-community-hint = See phone numbers, the joint duty station and what your neighbours reported
