# The shop.
locals {
  tag = "1"
}

resource "aws_ecs_task_definition" "shop" {
  family = "shop"
  cpu    = 512
  memory = 1024

  container_definitions = jsonencode([
    {
      name       = "app" # itself
      image      = "shop:${local.tag}"
      entryPoint = ["/bin/shop", local.tag]
      command    = var.arguments
      environment = [
        for k, v in {} : { name = k, value = v }
      ]
      portMappings = [{ containerPort = 8080 }]
    },
    {
      "name" : "proxy",
      "image" : "proxy:1",
      "entryPoint" : ["/proxy"],
    }
  ])

  runtime_platform {
    cpu_architecture = "ARM64"
  }
}

resource "aws_ecs_task_definition" "here" {
  family = "here"
  memory = 512
  container_definitions = <<-EOF
    [
      {
        "name": "app",
        "image": "${var.image}",
        "cpu": ${var.cpu},
        "entryPoint": ["/bin/shop"],
        "environment": [
          {"name": "A", "value": "${lookup(var.a, "b")}"}
        ]
      }
    ]
  EOF
}
