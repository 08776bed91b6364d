package connwithoutdeadline

import (
	"bufio"
	"fmt"
	"io"
	"net"
)

func serve(l net.Listener, handle func(string)) error {
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		go lines(c, handle)
	}
}

func lines(c net.Conn, handle func(string)) {
	defer c.Close()
	r := bufio.NewReader(c)
	for {
		line, err := r.ReadString('\n') // want "conn-without-deadline: this read has no deadline and nobody else can close `c`"
		if err != nil {
			return
		}
		handle(line)
	}
}

func serveEcho(l net.Listener) {
	for {
		c, err := l.Accept()
		if err == nil && c != nil {
			go echo(c)
		}
	}
}

func echo(c net.Conn) {
	defer c.Close()
	buf := make([]byte, 512)
	for {
		n, err := c.Read(buf) // want "conn-without-deadline: "
		if err != nil {
			return
		}
		fmt.Fprintf(c, "%s", buf[:n])
	}
}

func Follow(addr string, handle func([4]byte)) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	var head [4]byte
	for {
		if _, err := io.ReadFull(c, head[:]); err != nil { // want "conn-without-deadline: "
			return err
		}
		handle(head)
	}
}

func Watch(addr *net.TCPAddr, handle func(byte)) error {
	c, err := net.DialTCP("tcp", nil, addr)
	if err != nil {
		return err
	}
	defer c.Close()
	r := bufio.NewReaderSize(c, 64)
	for {
		b, err := r.ReadByte() // want "conn-without-deadline: "
		if err != nil {
			return err
		}
		handle(b)
	}
}

func Texts(addr string, handle func(string)) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	s := bufio.NewScanner(c)
	for s.Scan() { // want "conn-without-deadline: "
		handle(s.Text())
	}
	return s.Err()
}

func Count(addr string) (total int) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return 0
	}
	defer c.Close()
	buf := make([]byte, 64)
	for n := 1; n > 0; total += n {
		n, _ = c.Read(buf) // want "conn-without-deadline: "
	}
	return total
}
