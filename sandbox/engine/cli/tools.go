//go:build tools

// Package tools names the one program that this module is here to build: the Pulumi CLI, where no release can be downloaded.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
