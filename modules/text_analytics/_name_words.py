"""Words that tell what kind of name stands at them, and regions that the time zone database lacks."""

from __future__ import annotations

import re

from modules.text_analytics._texts import words_of

TITLES = words_of(
    """
    mr mrs ms miss dr prof professor sir madam lord lady president chancellor senator governor mayor
    judge king queen prince princess pope captain colonel general sergeant minister secretary rev
    reverend saint
    """
)
FIRST_NAMES = words_of(
    """
    james john robert michael william david richard joseph thomas charles christopher daniel matthew
    anthony mark donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason
    jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel
    gregory frank alexander patrick raymond jack dennis jerry tyler aaron jose adam henry nathan douglas
    zachary peter kyle walter ethan jeremy harold keith christian roger noah gerald carl terry sean
    austin arthur lawrence jesse dylan bryan joe jordan billy bruce albert mary patricia jennifer linda
    elizabeth barbara susan jessica sarah karen nancy lisa betty margaret sandra ashley kimberly emily
    donna michelle dorothy carol amanda melissa deborah stephanie rebecca sharon laura cynthia kathleen
    amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel
    carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren
    christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara
    madison frances kathryn janice jean alice bill bob tom jim mike dave steve barack hillary vladimir
    angela emmanuel tony juan carlos luis pedro hans klaus ahmed mohammed muhammad ali fatima wei li
    yuki hiroshi ivan olga sergei pierre marie jane kate sophie lucy isabella
    """
)
COMPANY = words_of(
    """
    inc corp corporation company co ltd llc plc gmbh ag sa nv group holdings bank university college
    institute school association committee council ministry department agency party union club court
    commission foundation museum hospital society organization organisation federation league times post
    press airlines motors laboratories technologies systems partners parliament senate congress church
    army navy police fund board bureau network news
    """
)
KNOWN = words_of(
    """
    microsoft google apple amazon facebook ibm intel oracle boeing toyota sony samsung nato unesco nasa
    fbi cia un eu who imf opec bbc cnn reuters interpol greenpeace
    """
)
SPOT = words_of(
    """
    street avenue road river lake mountain mountains mount island islands bay valley county province
    city ocean sea desert park square bridge airport peninsula coast gulf strait district
    """
)
BEFORE_PLACE = words_of(
    """
    in at from near to towards toward across outside inside around throughout
    """
)
SPEAKS = words_of(
    """
    said says told tells asked added replied wrote writes argued explained thinks believes who
    """
)
NO_NAME = words_of(
    """
    i the a an he she it we they you this that these those there here his her its our their my your in
    on at to of by for from with and but or nor so if when while where what why how who after before
    since although though because as is are was were will would can could may might must not no yes all
    some many most each every both few more other such monday tuesday wednesday thursday friday saturday
    sunday january february march april june july august september october november december english
    french german spanish american british chinese russian european one two three also however then now
    today yesterday tomorrow dear please thanks hello hi let once until during under over
    """
)
REGIONS = re.split(
    r",\s+",
    """Africa, America, North America, South America, Antarctica, Asia, Australia, Europe, England, Scotland,
    Wales, United States, United States of America, USA, U.S., US, UK, United Kingdom, Great Britain, Russia,
    Middle East, Washington, California, Texas, Florida, Seattle, Boston, San Francisco, Munich, Hamburg,
    Cologne, Milan, Barcelona, Geneva, Frankfurt, Manchester, Edinburgh, Beijing, Mumbai, Osaka, Kyoto,
    Saint Petersburg, Rio de Janeiro, Las Vegas, Atlantic, Pacific, Philadelphia, Houston, Dallas, Atlanta,
    Miami, Redmond, Oxford, Cambridge""",
)
