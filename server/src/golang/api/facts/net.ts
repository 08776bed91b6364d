import type { ApiFact, FactTable } from '../fact.ts';
import { each, under } from './define.ts';

const conn = { result: 0, error: 1, release: ['Close'], kind: 'conn' } as const;
const listener = { result: 0, error: 1, release: ['Close'], kind: 'listener' } as const;
const dial: ApiFact = { acquires: conn, blocks: 'io', contextRoute: 'net.Dialer.DialContext' };
const dialWithContext: ApiFact = { acquires: conn, blocks: 'io', takesContext: 0 };
const accept: ApiFact = { acquires: conn, blocks: 'io', unblockedByClose: true };
const transfer: ApiFact = { blocks: 'io', unblockedByClose: true };

const opening: FactTable = {
  ...each('Dial DialTimeout', dial),
  DialTCP: { ...dial, contextRoute: 'net.Dialer.DialTCP' },
  DialUDP: { ...dial, contextRoute: 'net.Dialer.DialUDP' },
  DialIP: { ...dial, contextRoute: 'net.Dialer.DialIP' },
  DialUnix: { ...dial, contextRoute: 'net.Dialer.DialUnix' },
  'Dialer.Dial': { acquires: conn, blocks: 'io', contextVariant: 'DialContext' },
  ...each('Dialer.DialContext Dialer.DialTCP Dialer.DialUDP Dialer.DialIP Dialer.DialUnix', dialWithContext),
  Listen: { acquires: listener, contextRoute: 'net.ListenConfig.Listen' },
  ListenPacket: { acquires: conn, contextRoute: 'net.ListenConfig.ListenPacket' },
  ...each('ListenTCP ListenUnix', { acquires: listener }),
  ...each('ListenUDP ListenIP ListenUnixgram ListenMulticastUDP', { acquires: conn }),
  'ListenConfig.Listen': { acquires: listener, takesContext: 0 },
  'ListenConfig.ListenPacket': { acquires: conn, takesContext: 0 },
  ...each('FileConn FilePacketConn', { acquires: conn, borrows: [0] }),
  FileListener: { acquires: listener, borrows: [0] },
  Pipe: {
    acquires: { result: 0, release: ['Close'], kind: 'conn' },
    alsoAcquires: [{ result: 1, release: ['Close'], kind: 'conn' }],
  },
  ...each(
    'Listener.Accept TCPListener.Accept TCPListener.AcceptTCP UnixListener.Accept UnixListener.AcceptUnix',
    accept,
  ),
  ...each('IPConn.File TCPConn.File TCPListener.File UDPConn.File UnixConn.File UnixListener.File', {
    acquires: { result: 0, error: 1, release: ['Close'], kind: 'file' },
  }),
};

const transferring: FactTable = {
  ...each('Conn.Read Conn.Write PacketConn.ReadFrom PacketConn.WriteTo TCPConn.Read TCPConn.Write', transfer),
  ...each('IPConn.Read IPConn.ReadFrom IPConn.ReadFromIP IPConn.ReadMsgIP', transfer),
  ...each('IPConn.Write IPConn.WriteTo IPConn.WriteToIP IPConn.WriteMsgIP', transfer),
  ...each('UDPConn.Read UDPConn.ReadFrom UDPConn.ReadFromUDP UDPConn.ReadFromUDPAddrPort', transfer),
  ...each('UDPConn.ReadMsgUDP UDPConn.ReadMsgUDPAddrPort UDPConn.Write UDPConn.WriteTo UDPConn.WriteToUDP', transfer),
  ...each('UDPConn.WriteToUDPAddrPort UDPConn.WriteMsgUDP UDPConn.WriteMsgUDPAddrPort', transfer),
  ...each('UnixConn.Read UnixConn.ReadFrom UnixConn.ReadFromUnix UnixConn.ReadMsgUnix', transfer),
  ...each('UnixConn.Write UnixConn.WriteTo UnixConn.WriteToUnix UnixConn.WriteMsgUnix', transfer),
  ...each('TCPConn.ReadFrom TCPConn.WriteTo Buffers.WriteTo', { ...transfer, borrows: [0] }),
};

/** Name resolution: each function `F` has a method `Resolver.F` that takes a context. */
const lookups = 'LookupAddr LookupCNAME LookupHost LookupMX LookupNS LookupPort LookupSRV LookupTXT'.split(' ');
const resolving: FactTable = {
  ...Object.fromEntries(
    lookups.flatMap((name) => [
      [name, { blocks: 'io', contextRoute: `net.Resolver.${name}` } satisfies ApiFact],
      [`Resolver.${name}`, { blocks: 'io', takesContext: 0 } satisfies ApiFact],
    ]),
  ),
  LookupIP: { blocks: 'io', contextRoute: 'net.Resolver.LookupIP' },
  ...each('Resolver.LookupIP Resolver.LookupIPAddr Resolver.LookupNetIP', { blocks: 'io', takesContext: 0 }),
  ...each('ResolveIPAddr ResolveTCPAddr ResolveUDPAddr', { blocks: 'io' }),
};

const tls: FactTable = {
  ...each('Dial DialWithDialer', { acquires: conn, blocks: 'io', contextRoute: 'crypto/tls.Dialer.DialContext' }),
  'Dialer.Dial': { acquires: conn, blocks: 'io', contextVariant: 'DialContext' },
  'Dialer.DialContext': dialWithContext,
  Listen: { acquires: listener },
  ...each('Client Server NewListener', { takesOver: [0] }),
  ...each('Conn.Read Conn.Write', transfer),
  'Conn.Handshake': { ...transfer, contextVariant: 'HandshakeContext' },
  'Conn.HandshakeContext': { ...transfer, takesContext: 0 },
};

const client = { result: 0, error: 1, release: ['Close'], kind: 'client' } as const;

export const netFacts: FactTable = {
  ...under('net', { ...opening, ...transferring, ...resolving }),
  ...under('crypto/tls', tls),
  ...under('net/rpc', {
    ...each('Dial DialHTTP DialHTTPPath', { acquires: client, blocks: 'io' }),
    ...each('NewClient NewClientWithCodec', { takesOver: [0], startsGoroutine: true }),
    'Client.Call': { blocks: 'io', unblockedByClose: true },
    ...each('ServeConn ServeCodec Server.ServeConn Server.ServeCodec', serveConn()),
    ...each('Accept Server.Accept', { blocks: 'io', unblockedByClose: true, borrows: [0] }),
  }),
  ...under('net/rpc/jsonrpc', {
    Dial: { acquires: client, blocks: 'io' },
    NewClient: { takesOver: [0], startsGoroutine: true },
    ...each('NewClientCodec NewServerCodec', { takesOver: [0] }),
    ServeConn: serveConn(),
  }),
  ...under('net/smtp', {
    Dial: { acquires: { ...client, release: ['Close', 'Quit'] }, blocks: 'io' },
    NewClient: { takesOver: [0], blocks: 'io' },
    SendMail: { blocks: 'io' },
  }),
  ...under('net/textproto', {
    Dial: { acquires: client, blocks: 'io' },
    NewConn: { takesOver: [0] },
    ...each('NewReader NewWriter', { keepsWithoutClosing: [0] }),
  }),
  ...each('log/syslog.New log/syslog.Dial', { acquires: client, blocks: 'io' }),
};

/** Serves one connection until the peer hangs up, then closes it. */
function serveConn(): ApiFact {
  return { blocks: 'io', unblockedByClose: true, releases: [0] };
}
