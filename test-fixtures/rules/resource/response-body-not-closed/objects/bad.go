// Package objects reads objects of S3, which come as the bodies of HTTP responses.
package objects

import (
	"context"
	"io"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	first "github.com/aws/aws-sdk-go/service/s3"
)

func head(ctx context.Context, client *s3.Client, in *s3.GetObjectInput) ([]byte, error) {
	out, err := client.GetObject(ctx, in) // want "`out.Body` is not closed on every way out"
	if err != nil {
		return nil, err
	}
	buf := make([]byte, 512)
	n, err := io.ReadFull(out.Body, buf)
	return buf[:n], err
}

func exists(ctx context.Context, client *s3.Client, in *s3.GetObjectInput) bool {
	_, err := client.GetObject(ctx, in) // want "the response of `client.GetObject` is dropped"
	return err == nil
}

func copied(client *first.S3, in *first.GetObjectInput, to io.Writer) error {
	out, err := client.GetObject(in) // want "`out.Body` is not closed on every way out"
	if err != nil {
		return err
	}
	_, err = io.CopyN(to, out.Body, 512)
	return err
}
