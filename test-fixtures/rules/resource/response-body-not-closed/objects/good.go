package objects

import (
	"context"
	"io"

	"github.com/aws/aws-sdk-go-v2/service/s3"
)

func read(ctx context.Context, client *s3.Client, in *s3.GetObjectInput) ([]byte, error) {
	out, err := client.GetObject(ctx, in)
	if err != nil {
		return nil, err
	}
	defer out.Body.Close()
	return io.ReadAll(out.Body)
}

// The caller closes it.
func open(ctx context.Context, client *s3.Client, in *s3.GetObjectInput) (io.ReadCloser, error) {
	out, err := client.GetObject(ctx, in)
	if err != nil {
		return nil, err
	}
	return out.Body, nil
}

func size(ctx context.Context, client *s3.Client, in *s3.GetObjectInput) (*int64, error) {
	out, err := client.GetObject(ctx, in)
	if err != nil {
		return nil, err
	}
	out.Body.Close()
	return out.ContentLength, nil
}
