# The gate of an image: an image whose evidence is missing, damaged or bad is not captured, since Packer ends a build at
# the first provisioner that fails. Before it: rmccomply collect script > collector.sh
#
# The source stands for yours, such as one of a plugin for Power Virtual Server; the five provisioners are what to take
# over. They come last, in this order.

variable "host" {
  type    = string
  default = "lpar0007"
}

variable "collector" {
  type    = string
  default = "collector.sh"
}

variable "plan" {
  type    = string
  default = "full"
}

# "sudo -n /bin/sh" where the user of the build is not root
variable "shell" {
  type    = string
  default = "/bin/sh"
}

variable "there" {
  type    = string
  default = "/tmp/rmc-image.rmcc"
}

variable "bundle" {
  type    = string
  default = "image.rmcc"
}

# Rules for images: what makes a copy of this system come up with the identity of another one, or without RMC.
variable "policy" {
  type    = string
  default = "image-gate"
}

source "null" "partition" {
  ssh_host     = var.host
  ssh_username = "root"
}

build {
  sources = ["source.null.partition"]

  provisioner "shell-local" {
    inline = ["rm -f '${var.bundle}'"]
  }

  # Packer brings the script and removes it
  provisioner "shell" {
    script          = var.collector
    execute_command = "umask 077; ${var.shell} {{ .Path }} ${var.plan} > ${var.there}"
  }

  provisioner "file" {
    direction   = "download"
    source      = var.there
    destination = var.bundle
  }

  provisioner "shell" {
    inline = ["rm -f ${var.there}"]
  }

  provisioner "shell-local" {
    inline = ["rmccomply check '${var.bundle}' -p ${var.policy}"]
  }
}
