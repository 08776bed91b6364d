import type { Acquires, ApiFact, FactTable } from '../fact.ts';
import { each, under } from './define.ts';

/** A response whose body has to be closed. */
export const body: Acquires = { result: 0, error: 1, release: ['Close'], kind: 'response-body', via: 'Body' };
const request: ApiFact = { acquires: body, blocks: 'io', contextRoute: 'net/http.NewRequestWithContext' };
/** The client closes a request body that has a Close method. */
const post: ApiFact = { ...request, releases: [2] };
const roundTrip: ApiFact = { acquires: body, blocks: 'io' };
const openFile: ApiFact = { acquires: { result: 0, error: 1, release: ['Close'], kind: 'file' } };
const hijack: ApiFact = { acquires: { result: 0, error: 2, release: ['Close'], kind: 'conn' } };
const serveListener: ApiFact = { blocks: 'io', unblockedByClose: true, releases: [0] };

const server: Acquires = { result: 0, release: ['Close'], kind: 'server' };

const http: FactTable = under('net/http', {
  ...each('Get PostForm Client.Get Client.PostForm', request),
  // The answer to HEAD has no body.
  ...each('Head Client.Head', { blocks: 'io', contextRoute: 'net/http.NewRequestWithContext' }),
  ...each('Post Client.Post', post),
  ...each('Client.Do Transport.RoundTrip RoundTripper.RoundTrip ClientConn.RoundTrip', roundTrip),
  NewRequest: { contextVariant: 'NewRequestWithContext', takesOver: [2] },
  NewRequestWithContext: { takesContext: 0, takesOver: [3] },
  'Request.WithContext': { takesContext: 0 },
  'Request.Clone': { takesContext: 0 },
  // Its body reads from the given reader: closing it ends nothing.
  ReadResponse: { blocks: 'io', keepsWithoutClosing: [0] },
  ReadRequest: { blocks: 'io', keepsWithoutClosing: [0] },
  'Response.Write': { blocks: 'io', releasesReceiver: 'always', borrows: [0] },
  ...each('Request.Write Request.WriteProxy', { blocks: 'io', borrows: [0] }),
  ...each('Request.ParseForm Request.ParseMultipartForm Request.FormValue Request.PostFormValue', { blocks: 'io' }),
  'Request.FormFile': { acquires: { result: 0, error: 2, release: ['Close'], kind: 'file' }, blocks: 'io' },
  ...each('ListenAndServe ListenAndServeTLS', { blocks: 'forever' }),
  ...each('Serve ServeTLS Server.Serve Server.ServeTLS', serveListener),
  ...each('Server.ListenAndServe Server.ListenAndServeTLS', { blocks: 'io', unblockedByClose: true }),
  'Server.Shutdown': { blocks: 'io', takesContext: 0 },
  'Server.RegisterOnShutdown': { startsGoroutine: true, calls: [{ param: 0, when: 'async' }] },
  ...each('HandleFunc ServeMux.HandleFunc', { calls: [{ param: 1, when: 'async' }] }),
  ...each('Hijacker.Hijack ResponseController.Hijack', hijack),
  ...each('Dir.Open FileSystem.Open', openFile),
  'Transport.NewClientConn': {
    acquires: { result: 0, error: 1, release: ['Close'], kind: 'conn' },
    blocks: 'io',
    takesContext: 0,
  },
  MaxBytesReader: { borrows: [0], takesOver: [1] },
  ServeContent: { blocks: 'io', borrows: [0, 1, 4] },
  ...each('ServeFile ServeFileFS', { blocks: 'io', borrows: [0, 1] }),
  ...each('Error NotFound Redirect SetCookie', { borrows: [0] }),
  'ResponseWriter.Write': { blocks: 'io' },
});

const httputil: FactTable = under('net/http/httputil', {
  // DumpResponse may close the body and put another one in its place.
  ...each('DumpRequest DumpRequestOut', { borrows: [0] }),
  ...each('NewChunkedReader NewChunkedWriter', { keepsWithoutClosing: [0] }),
  ...each('NewClientConn NewProxyClientConn NewServerConn', { takesOver: [0], keepsWithoutClosing: [1] }),
  ...each('ClientConn.Do ClientConn.Read', { blocks: 'io' }),
  ...each('ClientConn.Hijack ServerConn.Hijack', {
    acquires: { result: 0, release: ['Close'], kind: 'conn' },
    releasesReceiver: 'always',
  }),
});

export const httpFacts: FactTable = {
  ...http,
  ...httputil,
  ...under('net/http/httptest', {
    ...each('NewServer NewTLSServer', { acquires: server, startsGoroutine: true }),
    NewUnstartedServer: { acquires: server },
    ...each('Server.Start Server.StartTLS', { startsGoroutine: true }),
    NewRequest: { contextVariant: 'NewRequestWithContext', takesOver: [2] },
    NewRequestWithContext: { takesContext: 0, takesOver: [3] },
  }),
  'net/http/httptrace.WithClientTrace': { takesContext: 0 },
  'net/http/fcgi.Serve': { blocks: 'io', unblockedByClose: true },
};
