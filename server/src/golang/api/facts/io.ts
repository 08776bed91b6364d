/** Readers, writers and what wraps them: io, bufio, compress, archive, encoding, bytes. */
import type { ApiFact, FactTable } from '../fact.ts';
import { each, under } from './define.ts';

const wrap: ApiFact = { keepsWithoutClosing: [0] };
const transfer: ApiFact = { blocks: 'io' };
const from: ApiFact = { blocks: 'io', borrows: [0] };
const file = { result: 0, error: 1, release: ['Close'], kind: 'file' } as const;
const writer: ApiFact = { acquires: { result: 0, release: ['Close'], kind: 'writer' }, keepsWithoutClosing: [0] };
const writerOrError: ApiFact = {
  acquires: { result: 0, error: 1, release: ['Close'], kind: 'writer' },
  keepsWithoutClosing: [0],
};
const pipeEnd = { release: ['Close', 'CloseWithError'], kind: 'pipe' } as const;

const io: FactTable = under('io', {
  ...each('ReadAll ReadFull ReadAtLeast WriteString', from),
  ...each('Copy CopyN CopyBuffer', { blocks: 'io', borrows: [0, 1] }),
  ...each('LimitReader MultiReader MultiWriter NewSectionReader NewOffsetWriter NopCloser', wrap),
  TeeReader: { keepsWithoutClosing: [0, 1] },
  Pipe: { acquires: { result: 0, ...pipeEnd }, alsoAcquires: [{ result: 1, ...pipeEnd }] },
  ...each('PipeReader.Read PipeWriter.Write', { blocks: 'sync', unblockedByClose: true }),
  ...each('Reader.Read Writer.Write StringWriter.WriteString ByteReader.ReadByte RuneReader.ReadRune', transfer),
  ...each('ByteWriter.WriteByte ReaderAt.ReadAt WriterAt.WriteAt', transfer),
  ...each('ReaderFrom.ReadFrom WriterTo.WriteTo', from),
  ...each('LimitedReader.Read SectionReader.Read', transfer),
});

const bufio: FactTable = under('bufio', {
  ...each('NewReader NewReaderSize NewWriter NewWriterSize NewScanner Reader.Reset Writer.Reset', wrap),
  NewReadWriter: { keepsWithoutClosing: [0, 1] },
  ...each('Scanner.Scan Reader.Discard Reader.Peek Reader.Read Reader.ReadByte Reader.ReadBytes', transfer),
  ...each('Reader.ReadLine Reader.ReadRune Reader.ReadSlice Reader.ReadString', transfer),
  ...each('Writer.Flush Writer.Write Writer.WriteByte Writer.WriteRune Writer.WriteString', transfer),
  ...each('Reader.WriteTo Writer.ReadFrom', from),
});

const compress: FactTable = {
  ...each('compress/gzip.NewReader compress/gzip.Reader.Reset compress/gzip.Writer.Reset', wrap),
  ...each('compress/zlib.NewReader compress/zlib.NewReaderDict compress/zlib.Writer.Reset', wrap),
  ...each('compress/flate.NewReader compress/flate.NewReaderDict compress/flate.Writer.Reset', wrap),
  ...each('compress/lzw.NewReader compress/bzip2.NewReader', wrap),
  ...each('compress/gzip.NewWriter compress/zlib.NewWriter compress/lzw.NewWriter', writer),
  ...each('compress/gzip.NewWriterLevel compress/zlib.NewWriterLevel compress/zlib.NewWriterLevelDict', writerOrError),
  ...each('compress/flate.NewWriter compress/flate.NewWriterDict', writerOrError),
  ...each('archive/zip.NewReader archive/tar.NewReader mime/multipart.NewReader', wrap),
  ...each('archive/zip.NewWriter archive/tar.NewWriter mime/multipart.NewWriter', writer),
  'archive/zip.OpenReader': { acquires: file },
  'archive/zip.File.Open': { acquires: { ...file, kind: 'closer' } },
  'archive/zip.Reader.Open': { acquires: { ...file, kind: 'closer' } },
  'archive/tar.Reader.Next': transfer,
  'archive/tar.Reader.Read': transfer,
  ...each('mime/multipart.Reader.NextPart mime/multipart.Reader.NextRawPart mime/multipart.Part.Read', transfer),
  'mime/multipart.Reader.ReadForm': {
    acquires: { result: 0, error: 1, release: ['RemoveAll'], kind: 'closer' },
    blocks: 'io',
  },
  'mime/multipart.FileHeader.Open': { acquires: file },
  ...each('mime/quotedprintable.NewReader', wrap),
  'mime/quotedprintable.NewWriter': writer,
};

const encoding: FactTable = {
  ...under('encoding/json', {
    ...each('NewDecoder NewEncoder', wrap),
    ...each('Decoder.Decode Decoder.Token Decoder.More', transfer),
    'Encoder.Encode': from,
    ...each('Marshal MarshalIndent', { borrows: [0] }),
  }),
  ...under('encoding/xml', {
    ...each('NewDecoder NewEncoder', wrap),
    ...each('Decoder.Decode Decoder.DecodeElement Decoder.Token Decoder.RawToken Decoder.Skip', transfer),
    ...each('Encoder.Encode', from),
    ...each('Marshal MarshalIndent', { borrows: [0] }),
  }),
  ...under('encoding/gob', {
    ...each('NewDecoder NewEncoder', wrap),
    'Decoder.Decode': transfer,
    'Encoder.Encode': from,
  }),
  ...under('encoding/csv', {
    ...each('NewReader NewWriter', wrap),
    ...each('Reader.Read Reader.ReadAll Writer.Write Writer.WriteAll Writer.Flush', transfer),
  }),
  ...under('encoding/binary', { Read: from, Write: { blocks: 'io', borrows: [0, 2] } }),
  ...each('encoding/base64.NewDecoder encoding/base32.NewDecoder', { keepsWithoutClosing: [1] }),
  ...each('encoding/base64.NewEncoder encoding/base32.NewEncoder', { keepsWithoutClosing: [1] }),
  ...each('encoding/hex.NewDecoder encoding/hex.NewEncoder encoding/hex.Dumper', wrap),
  ...each('encoding/ascii85.NewDecoder encoding/ascii85.NewEncoder', wrap),
  'encoding/pem.Encode': from,
};

const templates: FactTable = Object.fromEntries(
  ['text/template', 'html/template'].flatMap((path) => [
    [`${path}.Template.Execute`, { borrows: [0, 1] }],
    [`${path}.Template.ExecuteTemplate`, { borrows: [0, 2] }],
  ]),
);

export const ioFacts: FactTable = {
  ...io,
  ...bufio,
  ...compress,
  ...encoding,
  ...templates,
  ...under('io/ioutil', { ReadAll: from, NopCloser: wrap, TempFile: { acquires: file } }),
  ...under('io/fs', {
    'FS.Open': { acquires: file },
    'File.Read': transfer,
    WalkDir: { borrows: [0], calls: [{ param: 2, when: 'sync', returns: true }] },
    ...each('ReadFile ReadDir Stat Glob', { borrows: [0] }),
  }),
  ...each('bytes.Buffer.ReadFrom bytes.Buffer.WriteTo bytes.Reader.WriteTo', from),
  ...each('strings.Reader.WriteTo strings.Replacer.WriteString', from),
  ...each('text/tabwriter.NewWriter', wrap),
};
