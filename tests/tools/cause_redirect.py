# SPDX-License-Identifier: GPL-2.0-or-later
"""What an answer or a page led a browser to, and what it did not."""
from cause_base import Scenarios, data, followed, maybe, moved, page, redirect, text, url

scenario = Scenarios()
SITE, NEXT = "http://www.site.example/", "http://next.example/landing.php?id=7"


def site(s, body, **options):
    """The frame that completes the page that starts the story."""
    answer = body if isinstance(body, bytes) else page(body)
    return s.visit(SITE, s.out(10), answer=answer, **options).done


@scenario
def redirect_location(s):
    """302 with the whole URL of another host."""
    first = s.visit(SITE, s.out(10), answer=moved(NEXT))
    second = s.visit(NEXT, s.out(11), redirect(first.done))
    s.first(second.start, first.done)
    s.root(second.start, first.start)


@scenario
def redirect_location_same_connection(s):
    """301 with a path: the next request of the same connection."""
    found = s.look_up("www.site.example", s.out(10))
    first = s.fetch(SITE, found, answer=moved("/start", "301 Moved Permanently"), keep=True)
    s.fetch(SITE + "start", None, redirect(first.done), link=first.link)


@scenario
def redirect_location_new_connection(s):
    """301 with a path, and the server closes: a new connection."""
    found = s.look_up("www.site.example", s.out(10))
    first = s.fetch(SITE, found, answer=moved("/start", "301 Moved Permanently"))
    s.fetch(SITE + "start", found, redirect(first.done))


@scenario
def redirect_chain(s):
    """Three redirects over four hosts: each request comes of the answer before it."""
    there = ["http://hop%d.example/go?n=%d" % (i, i) for i in range(4)]
    causes = ()
    begun = []
    for i in range(4):
        answer = moved(there[i + 1]) if i < 3 else data()
        hop = s.visit(there[i], s.out(10 + i), *causes, answer=answer)
        causes = (redirect(hop.done),)
        begun.append(hop.start)
    s.root(begun[3], begun[0])


@scenario
def redirect_to_tls(s):
    """301 to https of the same name: a connection on which only the name shows."""
    found = s.look_up("www.site.example", s.out(10))
    first = s.fetch(SITE, found, answer=moved("https://www.site.example/"))
    s.tls("www.site.example", found, redirect(first.done))


@scenario
def redirect_meta_refresh(s):
    """A page that refreshes itself to another host."""
    body = b'<html><head><meta http-equiv="refresh" content="0;url=%s"></head></html>'
    first = site(s, page(body % NEXT.encode()))
    s.visit(NEXT, s.out(11), redirect(first))


@scenario
def redirect_refresh_header(s):
    """A Refresh header, two seconds."""
    first = site(s, page("wait", headers={"Refresh": "2; url=" + NEXT}))
    s.wait(2)
    s.visit(NEXT, s.out(11), redirect(first))


@scenario
def redirect_frame(s):
    """An invisible frame, as drive-by downloads begin."""
    first = site(s, '<p>Hello</p><iframe src="%s" width=1 height=1></iframe>' % NEXT)
    s.visit(NEXT, s.out(11), redirect(first), referer=SITE)


@scenario
def redirect_script(s):
    """A script of another host."""
    first = site(s, "<script type='text/javascript' src='http://js.example/c.js'></script>")
    s.visit("http://js.example/c.js", s.out(11), redirect(first), referer=SITE)


@scenario
def redirect_without_scheme(s):
    """A script whose source begins with two slashes."""
    first = site(s, '<script src="//js.example/c.js"></script>')
    s.visit("http://js.example/c.js", s.out(11), redirect(first), referer=SITE)


@scenario
def redirect_object(s):
    """A page embeds an object of another host."""
    first = site(s, '<object data="http://obj.example/a.swf"></object>')
    s.visit("http://obj.example/a.swf", s.out(11), redirect(first))


@scenario
def redirect_by_script(s):
    """A script changes the location."""
    first = site(s, '<script>window.location.href = "%s";</script>' % NEXT)
    s.visit(NEXT, s.out(11), redirect(first))


@scenario
def redirect_entity(s):
    """The frame's source has an ampersand, written as HTML wants it."""
    first = site(s, '<iframe src="http://next.example/a?x=1&amp;y=2"></iframe>')
    s.visit("http://next.example/a?x=1&y=2", s.out(11), redirect(first), referer=SITE)


@scenario
def redirect_frame_then_script(s):
    """A frame, in it a script of a third host: two steps."""
    first = site(s, '<iframe src="%s"></iframe>' % NEXT)
    body = page('<script src="http://js.example/k.js"></script>')
    second = s.visit(NEXT, s.out(11), redirect(first), referer=SITE, answer=body)
    s.visit("http://js.example/k.js", s.out(12), redirect(second.done), referer=NEXT)


@scenario
def redirect_compressed(s):
    """A long page, compressed and in chunks, with a frame near its end."""
    words = " ".join("word%d" % (i * i * 7919 % 10007) for i in range(3000))
    body = "<p>%s</p><iframe src='%s'></iframe>" % (words, NEXT)
    first = site(s, page(body, gzipped=True, chunked=True))
    s.visit(NEXT, s.out(11), redirect(first), referer=SITE)


@scenario
def redirect_long_page(s):
    """The frame stands in the first of many segments; the page is complete with the last."""
    first = site(s, "<iframe src='%s'></iframe>%s" % (NEXT, "<p>more</p>\n" * 600))
    s.visit(NEXT, s.out(11), redirect(first), referer=SITE)


@scenario
def redirect_parts_of_page(s):
    """Scripts and frames of the page's own host, on the connection that brought it."""
    body = page("<script src='/a.js'></script><iframe src='sub/b.html'></iframe>")
    found = s.look_up("www.site.example", s.out(10))
    first = s.fetch(SITE, found, answer=body, keep=True)
    for path in ("a.js", "sub/b.html"):
        link, reason = first.link, redirect(first.done)
        s.fetch(SITE + path, None, reason, link=link, keep=True, referer=SITE)


@scenario
def redirect_picture(s):
    """A picture of another host: named in the page, and the request names the page."""
    first = site(s, '<img src="http://pics.example/cat.png">')
    found = s.look_up("pics.example", s.out(11), url(first))
    s.fetch("http://pics.example/cat.png", found, followed(first), referer=SITE)


@scenario
def redirect_referer_alone(s):
    """A script builds the URL, so the page does not show it; the request names the page."""
    first = site(s, "<script>d=document;f(d,'tpircs','sdq');</script>")
    found = s.look_up("next.example", s.out(11))
    s.fetch(NEXT, found, redirect(first), referer=SITE)


@scenario
def redirect_referer_unknown(s):
    """The Referer names a page that is not in the capture."""
    site(s, "<p>Hello</p>")
    s.visit(NEXT, s.out(11), referer="http://search.example/?q=landing")


@scenario
def redirect_referer_of_another(s):
    """The Referer names a page that only another host has fetched."""
    site(s, "<p>Hello</p>", host=s.other)
    s.visit(NEXT, s.out(11), referer=SITE)


@scenario
def redirect_link_followed(s):
    """A plain link, clicked eight seconds later."""
    first = site(s, '<a href="%s">more</a>' % NEXT)
    s.wait(8)
    found = s.look_up("next.example", s.out(11), url(first))
    s.fetch(NEXT, found, followed(first), referer=SITE)


@scenario
def redirect_link_not_followed(s):
    """A page full of links; the reader types another address."""
    site(s, "".join('<a href="http://n%d.example/">n</a>' % i for i in range(30)))
    s.wait(5)
    s.visit("http://typed.example/", s.out(11))


@scenario
def redirect_frame_not_loaded(s):
    """A frame that the browser does not load; another host does, later."""
    site(s, '<iframe src="%s"></iframe>' % NEXT)
    s.wait(3)
    s.visit(NEXT, s.out(11), host=s.other)


@scenario
def redirect_after_window(s):
    """50 seconds after the page: not its effect."""
    site(s, '<iframe src="%s"></iframe>' % NEXT)
    s.wait(50)
    s.visit(NEXT, s.out(11))


@scenario
def redirect_document_type(s):
    """The document type names www.w3.org; the host that is asked for is another."""
    head = b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://www.w3.org/TR/x.dtd">'
    site(s, page(head + b"<html><body>text</body></html>"))
    s.visit("http://ns.site.example/", s.out(11))


@scenario
def redirect_two_tabs(s):
    """Two pages at once, each with a frame of its own, loaded in the other order."""
    one = s.look_up("one.example", s.out(10))
    two = s.look_up("two.example", s.out(11))
    first = s.fetch("http://one.example/", one, answer=page("<iframe src=http://a.example/1>"))
    second = s.fetch("http://two.example/", two, answer=page("<iframe src=http://b.example/2>"))
    b = s.look_up("b.example", s.out(13), redirect(second.done))
    a = s.look_up("a.example", s.out(12), redirect(first.done))
    s.fetch("http://b.example/2", b, redirect(second.done), referer="http://two.example/")
    s.fetch("http://a.example/1", a, redirect(first.done), referer="http://one.example/")


@scenario
def redirect_two_tabs_one_target(s):
    """Two pages have the same frame; the request names the older page as its Referer."""
    frame = page("<iframe src='%s'></iframe>" % NEXT)
    one = s.visit("http://one.example/", s.out(10), answer=frame)
    two = s.visit("http://two.example/", s.out(11), answer=frame)
    found = s.look_up("next.example", s.out(12), redirect(two.done), maybe(redirect(one.done)))
    causes = redirect(one.done), maybe(redirect(two.done))
    s.fetch(NEXT, found, *causes, referer="http://one.example/")


@scenario
def redirect_drive_by(s):
    """A page, a frame, a redirect, and then what it was all for."""
    gate, kit = "http://gate.example/in.cgi?4", "http://kit.example/x.php"
    first = s.visit(SITE, s.out(10), answer=page('<iframe src="%s"></iframe>' % gate))
    second = s.visit(gate, s.out(11), redirect(first.done), referer=SITE, answer=moved(kit))
    body = page('<script>location.replace("http://kit.example/load.php?e=3")</script>')
    found = s.look_up("kit.example", s.out(12), redirect(second.done))
    causes = redirect(second.done), maybe(redirect(first.done))
    third = s.fetch(kit, found, *causes, referer=SITE, answer=body, keep=True)
    last = redirect(third.done)
    s.fetch("http://kit.example/load.php?e=3", None, last, link=third.link, referer=kit)
    s.root(third.start, first.start)


@scenario
def redirect_text_names_url(s):
    """A text, not HTML, names a URL, as C&C servers answer: it is no redirect."""
    first = site(s, text(b"update=" + NEXT.encode() + b"\n"))
    s.visit(NEXT, s.out(11), url(first))


@scenario
def redirect_unrelated_request(s):
    """302 to a host whose address is known; at once another tab asks for something else there."""
    blog = s.look_up("next.example", s.out(11))
    first = site(s, moved(NEXT))
    s.fetch(NEXT, blog, redirect(first))
    s.fetch("http://%s/favicon.ico" % s.out(12), s.out(12))
