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
      entryPoint = ["/opt/torimono/bin/launch", "/bin/shop", local.tag]
      command    = var.arguments
      environment = concat([
        for k, v in {} : { name = k, value = v }
      ], [{ name = "TORIMONO_PRIORITY", value = "availability" }, { name = "TORIMONO_CONTAINER", value = "app" }])
      portMappings = [{ containerPort = 8080 }]
      linuxParameters = {
        capabilities = {
          add = ["SYS_PTRACE"]
        }
      }
      volumesFrom = [
        { sourceContainer = "torimono", readOnly = true }
      ]
      dependsOn = [
        { containerName = "torimono", condition = "START" }
      ]
    },
    {
      "name" : "proxy",
      "image" : "proxy:1",
      "entryPoint" : ["/opt/torimono/bin/launch", "/proxy"],
      "environment": [
        { "name": "TORIMONO_PRIORITY", "value": "availability" },
        { "name": "TORIMONO_CONTAINER", "value": "proxy" }
      ]
      "linuxParameters": {
        "capabilities": {
          "add": ["SYS_PTRACE"]
        }
      }
      "volumesFrom": [
        { "sourceContainer": "torimono", "readOnly": true }
      ]
      "dependsOn": [
        { "containerName": "torimono", "condition": "START" }
      ]
    },
    {
      name = "torimono"
      image = "torimono/serverless-agent"
      essential = false
      environment = [
        { name = "TORIMONO_FLEET_COLLECTOR", value = "https://collector.example.org:7443" },
        { name = "INSTRUMENTED_BY_TORIMONO", value = "1 +@app/entryPoint*1 ~@app/environment=WwogICAgICAgIGZvciBrLCB2IGluIHt9IDogeyBuYW1lID0gaywgdmFsdWUgPSB2IH0KICAgICAgXQ +@app/linuxParameters +@app/volumesFrom +@app/dependsOn +@proxy/entryPoint*1 +@proxy/environment +@proxy/linuxParameters +@proxy/volumesFrom +@proxy/dependsOn +./pid_mode +$=torimono set:COLLECTOR=https%3A%2F%2Fcollector.example.org%3A7443 set:ACCESS_KEY_SECRET=shop%2Fkey" }
      ]
      secrets = [
        { name = "TORIMONO_FLEET_ACCESS_KEY", valueFrom = "shop/key" }
      ]
      linuxParameters = {
        capabilities = {
          add = ["SYS_PTRACE"]
        }
      }
    }
  ])
  pid_mode = "task"

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
        "entryPoint": ["/opt/torimono/bin/launch", "/bin/shop"],
        "environment": [
          {"name": "A", "value": "${lookup(var.a, "b")}"},
          {
            "name": "TORIMONO_PRIORITY",
            "value": "availability"
          },
          {
            "name": "TORIMONO_CONTAINER",
            "value": "app"
          }
        ],
        "linuxParameters": {
          "capabilities": {
            "add": [
              "SYS_PTRACE"
            ]
          }
        },
        "volumesFrom": [
          {
            "sourceContainer": "torimono",
            "readOnly": true
          }
        ],
        "dependsOn": [
          {
            "containerName": "torimono",
            "condition": "START"
          }
        ]
      },
      {
        "name": "torimono",
        "image": "torimono/serverless-agent",
        "essential": false,
        "environment": [
          {
            "name": "TORIMONO_FLEET_COLLECTOR",
            "value": "https://collector.example.org:7443"
          },
          {
            "name": "INSTRUMENTED_BY_TORIMONO",
            "value": "1 +@app/entryPoint*1 +@app/environment=TORIMONO_PRIORITY +@app/environment=TORIMONO_CONTAINER +@app/linuxParameters +@app/volumesFrom +@app/dependsOn +./pid_mode +$=torimono set:COLLECTOR=https%3A%2F%2Fcollector.example.org%3A7443 set:ACCESS_KEY_SECRET=shop%2Fkey"
          }
        ],
        "secrets": [
          {
            "name": "TORIMONO_FLEET_ACCESS_KEY",
            "valueFrom": "shop/key"
          }
        ],
        "linuxParameters": {
          "capabilities": {
            "add": [
              "SYS_PTRACE"
            ]
          }
        }
      }
    ]
  EOF
  pid_mode = "task"
}
