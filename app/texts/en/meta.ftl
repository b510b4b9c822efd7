# What a search engine or a chat shows of a page.
meta-case = { $number }: { $category }, { $community }. { $state }.
meta-community = { $name }: phone numbers, the joint duty station, and what people reported.
meta-privacy = What we record, who can see it, how long we keep it, and how the private code and cookies work.
meta-contact = Emergency numbers, the city hotline, where to find your community’s number, and whom to tell about a fault on this site.
meta-card-alt = Huiyin: every report gets an answer.
meta-labelled = { $label }. { $text }

# The portal only shows.
trouble-maintenance-title = Under maintenance
trouble-maintenance = For now you can look, but not send. Try again in a few minutes; if it is urgent, call.
