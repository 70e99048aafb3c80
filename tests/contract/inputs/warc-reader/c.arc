filedesc://c.arc 0.0.0.0 20140216050221 text/plain 20
1 0 Ferry Archive.


http://ferry.example/7 1.2.3.4 20140216050221 text/plain 50
HTTP/1.1 200 OK
Content-Type: text/plain

One.

http://ferry.example/8 1.2.3.4 20140216050221 text/plain many
x
http://ferry.example/9 1.2.3.4 20140216 text/plain 200 - - 77 c.arc 4
Two.
