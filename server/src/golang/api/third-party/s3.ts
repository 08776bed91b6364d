/** Stubs of the S3 clients of AWS: objects come as the body of an HTTP response. */

const output =
  'type GetObjectOutput struct{Body io.ReadCloser; ContentLength *int64; ContentType *string; ETag *string}';

/** github.com/aws/aws-sdk-go-v2/service/s3 */
export const s3 = `package s3
import "context"
import "io"
type Client struct{}
func (*Client) GetObject(ctx context.Context, params *GetObjectInput, optFns ...func(*Options)) (*GetObjectOutput, error)
func (*Client) GetObjectTorrent(ctx context.Context, params *GetObjectTorrentInput, optFns ...func(*Options)) (*GetObjectTorrentOutput, error)
type GetObjectInput struct{Bucket *string; Key *string; Range *string}
${output}
type GetObjectTorrentInput struct{Bucket *string; Key *string}
type GetObjectTorrentOutput struct{Body io.ReadCloser}
type Options struct{Region string}
`;

/** github.com/aws/aws-sdk-go/service/s3 */
export const s3First = `package s3
import "context"
import "io"
type GetObjectInput struct{Bucket *string; Key *string; Range *string}
${output}
type S3 struct{}
func (*S3) GetObject(input *GetObjectInput) (*GetObjectOutput, error)
func (*S3) GetObjectWithContext(ctx context.Context, input *GetObjectInput, opts ...any) (*GetObjectOutput, error)
`;
